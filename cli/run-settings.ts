/** The settings of `sigward run`, said once: its options, the tables of `sigward.toml` and `docs/settings.md` are made of them. */
import { ENGINE_KINDS } from '../runtime/engine/load.js';
import type { Failure, Fate } from '../runtime/failure.js';
import { DEFAULT_FAILURE_POLICY } from '../runtime/failure.js';
import { DRIVER_NAMES } from '../runtime/nfqueue/drivers.js';
import {
  address,
  choice,
  choiceList,
  flag,
  name,
  path,
  paths,
  queues,
  type Setting,
  type Values,
  within,
} from './setting.js';

const RUN = {
  queue: queues({
    flags: '--queue <numbers>',
    help:
      'a queue of the kernel to judge (Linux, root), or several: `0..3`; each has a process of its own, and `install` ' +
      'spreads packets over them by their addresses',
    fallback: 'none',
  }),
  driver: choice(DRIVER_NAMES, {
    flags: '--driver <driver>',
    help: 'how to reach the queue: netlink is the faster one, nfqueue the npm package',
    fallback: 'netlink',
  }),
  install: flag({
    flags: '--install',
    help: 'lead packets into the queue with iptables, and take the rules away at the end',
  }),
  chain: choiceList(['FORWARD', 'INPUT', 'OUTPUT'], {
    flags: '--chain <chain...>',
    help: 'with `install`, which packets: forwarded ones, those for this host, those from it',
    fallback: '["FORWARD"]',
  }),
  onFragment: choice(['drop', 'accept'], {
    flags: '--on-fragment <what>',
    help: 'what becomes of packets that the kernel has not put together: dropped, or each judged by itself',
    fallback: 'drop with `install`, accept without',
  }),
  engine: choice(ENGINE_KINDS, {
    flags: '--engine <engine>',
    help: 'what judges: the tree compiled to WebAssembly, the tree, or the reference interpreter',
    fallback: 'wasm',
    forCaptures: true,
  }),
  policy: name({
    flags: '--policy <name>',
    help: 'the policy in force, where rules declare several',
    fallback: 'the one that is declared',
    forCaptures: true,
    none: 'no policy: every packet is covered by all modules',
  }),
  modules: path({
    flags: '--modules <folder>',
    help: 'where modules lie that a policy names and that are not loaded',
    fallback: 'none',
    forCaptures: true,
  }),
  user: name({
    flags: '--user <name>',
    help: 'the user to go on as where root starts it, with the capabilities that are needed and no others',
    fallback: 'nobody, where that can read the rules',
  }),
  dryRun: flag({ flags: '--dry-run', help: 'accept every packet, and log what would have become of it' }),
  control: path({
    flags: '--control <path>',
    help: 'take orders on a Unix socket there: `sigward ctl` gives them, and changes rules while packets flow',
    fallback: 'none',
  }),
  metrics: address({
    flags: '--metrics <[host:]port>',
    help: 'serve metrics for Prometheus over HTTP: `/metrics` and `/healthz`; without a host on 127.0.0.1',
    fallback: 'none',
  }),
  eve: path({
    flags: '--eve <file>',
    help:
      'write alerts as JSON lines in the form of Suricata’s EVE log; `-` is standard output. A file is appended to with ' +
      '`queue`, where SIGHUP opens it anew (log rotation), and overwritten with `--pcap`',
    fallback: 'none',
    forCaptures: true,
  }),
  evePacket: flag({
    flags: '--eve-packet',
    help: 'add the packet’s bytes to each alert, so that `sigward explain --eve` can repeat it',
    forCaptures: true,
  }),
  stats: within(0.1, 99_999, 3, 'seconds', {
    flags: '--stats <seconds>',
    help: 'add counters to the EVE log, so often and at the end',
    fallback: 'none',
  }),
} as const satisfies Record<string, Setting>;

function fate(failure: Failure, help: string): Setting<Fate> {
  const flags = `--on-${failure} <what>`;
  return choice(['accept', 'drop'], { flags, help, fallback: DEFAULT_FAILURE_POLICY[failure] });
}

const FAILURE = {
  'queue-full': fate('queue-full', 'packets for which the queue has no room'),
  trap: fate('trap', 'packets on which the engine fails'),
  'too-long': fate('too-long', 'packets that are longer than what holds one'),
  'child-dead': fate('child-dead', 'packets in the hands of a process that died'),
  'reload-failed': fate('reload-failed', 'all packets, while rules that were to be taken over are refused'),
  'log-unwritable': fate('log-unwritable', 'all packets, while alerts cannot be written'),
} as const satisfies Record<Failure, Setting<Fate>>;

const TRUST = {
  keys: paths({
    flags: '--trust <key...>',
    help: 'public keys of `sigward keygen`: only a .sigc file that one of them signed is executed',
    fallback: 'none: whatever is named is executed',
    forCaptures: true,
  }),
} as const satisfies Record<string, Setting>;

/** By the names of the tables of `sigward.toml`. */
export const RUN_TABLES = { run: RUN, failure: FAILURE, trust: TRUST } as const;
export type RunTableName = keyof typeof RUN_TABLES;
export const RUN_TABLE_NAMES: readonly RunTableName[] = ['run', 'failure', 'trust'];

/** What was said in each table. */
export type RunTables = { readonly [T in RunTableName]: Values<(typeof RUN_TABLES)[T]> };

export type RunSettings = RunTables['run'];

/** `onFragment` as TOML and the command line write it: `on-fragment`. */
export function written(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
