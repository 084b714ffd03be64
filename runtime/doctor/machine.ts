/** What is asked of the machine: tried wherever it can be tried without changing anything. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import { mayAdministerNetwork } from '../nfqueue/capabilities.js';
import { type Iptables, type Outcome, runIptablesApart, runIptablesSync } from '../nfqueue/iptables.js';
import { loadLibc } from '../nfqueue/libc.js';
import { openQueue } from '../nfqueue/open.js';
import { loadPackage } from '../nfqueue/package-open.js';
import { kernelCounters, QUEUE_TABLE } from '../nfqueue/statistics.js';
import { Problem } from '../problem.js';
import { findProgram } from '../programs.js';

/** A test puts its own in place of it. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  /** Name, release and architecture: `Linux 6.18.5, x64`. */
  readonly system: string;
  /** Whether this process has CAP_NET_ADMIN. */
  readonly permitted: () => boolean;
  /** Why a driver cannot be loaded; undefined where it can. */
  readonly koffi: () => Promise<Problem | undefined>;
  readonly nfqueue: () => Promise<Problem | undefined>;
  /** Opens a queue that nobody has, and closes it again: its number. */
  readonly tryQueue: () => Promise<Problem | number>;
  /** Who reads a queue. */
  readonly reader: (queue: number) => Reader;
  /** What `--version` says: `iptables v1.8.9 (nf_tables)`; undefined where it is not installed. */
  readonly version: (program: Iptables) => string | undefined;
  /** Runs a command where there is no traffic: in a network namespace of its own. Undefined where there can be none. */
  readonly tryRule: (program: Iptables, args: readonly string[]) => Outcome | undefined;
  readonly hasIpv6: () => boolean;
  readonly has: (program: string) => boolean;
}

/** Nobody, or a netlink port, and the program's name where that port is a process's id; or the kernel does not tell. */
export type Reader = 'nobody' | 'unknown' | { readonly port: number; readonly name?: string };

/** The machine that this runs on. */
export function thisMachine(): Machine {
  return {
    node: process.versions.node,
    platform: process.platform,
    system: `${os.type()} ${os.release()}, ${process.arch}`,
    permitted: mayAdministerNetwork,
    koffi: () => problemOf(loadLibc()),
    nfqueue: () => problemOf(loadPackage()),
    tryQueue,
    reader,
    version,
    tryRule: (program, args) => (canUnshare() ? runIptablesApart(program, args) : undefined),
    hasIpv6: () => existsSync('/proc/net/if_inet6'),
    has: (program) => findProgram(program) !== undefined,
  };
}

async function problemOf(work: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await work;
    return undefined;
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
}

/** From the end, where hardly anybody has one: a rule that leads packets to it would see them dropped meanwhile. */
async function tryQueue(): Promise<Problem | number> {
  let queue = 65_535;
  while (queue > 0 && kernelCounters(queue)) queue--;
  const problem = await problemOf(openQueue({ queue }).then((opened) => opened.close()));
  return problem ?? queue;
}

function reader(queue: number): Reader {
  const port = kernelCounters(queue)?.owner;
  if (port === undefined) return isReadable(QUEUE_TABLE) ? 'nobody' : 'unknown';
  try {
    return { port, name: readFileSync(`/proc/${port}/comm`, 'utf8').trim() };
  } catch {
    return { port };
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function version(program: Iptables): string | undefined {
  const outcome = runIptablesSync(program, ['--version']);
  return outcome.kind === 'done' ? outcome.output.trim() : undefined;
}

/** Needs more than the queue does: CAP_SYS_ADMIN, and util-linux. */
function canUnshare(): boolean {
  return spawnSync('unshare', ['--net', 'true'], { stdio: 'ignore' }).status === 0;
}
