import type { Ruleset } from '../../compiler/ruleset.js';
import { type Diagnostic, isClean } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import type { FailurePolicy } from '../../runtime/failure.js';
import { warnedIfEmpty } from '../load.js';
import { loadRunnable } from '../load-runnable.js';
import type { PolicyChoice } from '../policy.js';
import { printDiagnostics } from './check.js';
import { runCapture } from './run-capture.js';
import { runAlone } from './run-alone.js';
import { lessPrivileges, type Needs, type Opened } from './run-privileges.js';
import { runSupervised, type SupervisedOptions } from './run-supervised.js';
import type { RunSettings } from '../run-settings.js';
import type { SiteOptions } from '../settings.js';
import type { Session } from './session.js';

/** What flags and `sigward.toml` say, laid over each other. */
export interface RunOptions extends SiteOptions, Omit<RunSettings, 'policy'> {
  readonly policy?: PolicyChoice;
  readonly pcap?: string;
  readonly failure: FailurePolicy;
  /** Public keys: only what one of them signed is executed. */
  readonly trust?: readonly string[];
}

/** `sigward run RULES…`: judges the packets of a capture, or those of a queue of the kernel. */
export async function runCommand(paths: readonly string[], options: RunOptions): Promise<number> {
  const { pcap, eve, driver = 'netlink', engine: kind = 'wasm' } = options;
  const opened = pcap === undefined ? await begunLive(paths, options) : {};
  const loaded = warnedIfEmpty(loadRunnable(paths, options, options.policy));
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  tellPolicy(loaded.ruleset, options);
  const shared = { onFragment: options.onFragment, statsSeconds: options.stats, opened };
  const chains = options.install ? (options.chain ?? ['FORWARD']) : [];
  const { queue = [0], evePacket = false, failure, dryRun = false } = options;
  const supervised = pcap === undefined && driver === 'netlink' && kind === 'wasm';
  if (supervised) {
    const control = controlOf(paths, options);
    const { metrics } = options;
    const supervision = { ...shared, queues: queue, chains, failure, eve, evePacket, dryRun, metrics, control };
    return await runSupervised(loaded, supervision);
  }
  const { ruleset, hash, code } = loaded;
  const session: Session = { ruleset, hash, engine: loadEngine(ruleset, kind, code), eve, evePacket };
  if (pcap !== undefined) return await runCapture(session, pcap);
  return await runAlone(session, { ...shared, queue: queue[0] ?? 0, driver, chains });
}

async function begunLive(paths: readonly string[], options: RunOptions): Promise<Opened> {
  // A log that is rotated while rules are still being read has nothing to reopen, and nothing to end.
  process.on('SIGHUP', () => undefined);
  return await lessPrivileges(needsOf(paths, options), warn);
}

/** Where orders are taken, and what they need to know of this one. */
function controlOf(rules: readonly string[], options: RunOptions): SupervisedOptions['control'] {
  const { control: path, set, config, modules, trust, failure } = options;
  const site = {
    ...(set && { set }),
    ...(config !== undefined && { config }),
    ...(modules !== undefined && { modules }),
  };
  if (path === undefined) return undefined;
  return { path, rules, site: { ...site, ...(trust && { trust }) }, onReloadFailed: failure['reload-failed'] };
}

function needsOf(paths: readonly string[], options: RunOptions): Needs {
  const { user, eve, install, config, modules, control, trust = [] } = options;
  const others = [config ?? 'sigward.toml', modules].filter((path) => path !== undefined);
  return { user, eve, control, install: install ?? false, paths: [...paths, ...others, ...trust] };
}

function warn(diagnostic: Diagnostic): void {
  printDiagnostics({ diagnostics: [diagnostic], texts: new Map() });
}

/** Where nobody chose it, it may be a surprise. */
function tellPolicy({ policy, policies }: Ruleset, { policy: choice }: RunOptions): void {
  if (choice === undefined && policy) process.stderr.write(`policy \`${policy.name}\` is in force\n`);
  else if (choice === undefined && policies.length > 0) process.stderr.write('no policy is in force\n');
}
