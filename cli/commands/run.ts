import { isClean, report } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import type { FailurePolicy } from '../../runtime/failure.js';
import { loadRunnable, type Runnable } from '../load-runnable.js';
import { nothingToRun } from '../diagnostics.js';
import { printDiagnostics } from './check.js';
import { runCapture } from './run-capture.js';
import { runQueue } from './run-queue.js';
import type { RunSettings } from '../run-settings.js';
import type { SiteOptions } from '../settings.js';
import type { Session } from './session.js';

/** What flags and `sigward.toml` say, laid over each other. */
export interface RunOptions extends SiteOptions, RunSettings {
  readonly pcap?: string;
  readonly failure: FailurePolicy;
  /** Public keys: only what one of them signed is executed. */
  readonly trust?: readonly string[];
}

/** `sigward run RULES…`: judges the packets of a capture, or those of a queue of the kernel. */
export async function runCommand(paths: readonly string[], options: RunOptions): Promise<number> {
  const loaded = withRules(loadRunnable(paths, options));
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  const { ruleset, hash, code } = loaded;
  const { eve, evePacket = false } = options;
  const session: Session = {
    ruleset,
    hash,
    engine: loadEngine(ruleset, options.engine ?? 'wasm', code),
    eve,
    evePacket,
  };
  if (options.pcap !== undefined) return await runCapture(session, options.pcap);
  return await runQueue(session, {
    queue: options.queue ?? 0,
    driver: options.driver ?? 'netlink',
    onFragment: options.onFragment,
    chains: options.install ? (options.chain ?? ['FORWARD']) : [],
    statsSeconds: options.stats,
  });
}

/** Rules that protect nothing are worth a word before packets pass. */
function withRules(loaded: Runnable): Runnable {
  if (loaded.ruleset.signatures.length > 0 || !isClean(loaded.diagnostics)) return loaded;
  return { ...loaded, diagnostics: [...loaded.diagnostics, report(nothingToRun, undefined)] };
}
