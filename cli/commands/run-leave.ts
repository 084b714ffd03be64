/** How enforcement ends: by which signals, and in which order. */
import type { Installation } from '../../runtime/nfqueue/install.js';
import type { PacketQueue } from '../../runtime/nfqueue/queue.js';

/**
 * Leads no more packets into the queue, then has `receive` end when what is in it is settled. Only the first call counts;
 * each gives the same promise, which never fails: what could not be removed is left to `uninstall`.
 */
export function leaving(
  packets: Pick<PacketQueue, 'stop'>,
  installed: () => Pick<Installation, 'release'> | undefined,
): () => Promise<void> {
  let left: Promise<void> | undefined;
  const stop = (): void => packets.stop();
  return () => (left ??= (installed()?.release() ?? Promise.resolve()).then(stop, stop));
}

/** How long leaving may take before a further signal ends it at once, in milliseconds. */
const PATIENCE_MILLISECONDS = 5_000;
/** What a shell says of a program that SIGINT ended. */
const INTERRUPTED = 130;

/**
 * SIGINT and SIGTERM leave, SIGHUP reopens the log. The listeners stay until `forget`: by default a second signal would
 * end the process at once, and the rules would stay and lead packets to nobody.
 */
export function listen(leave: () => Promise<void>, reopen: () => void): { forget: () => void } {
  let since: number | undefined;
  const onEnd = (): void => {
    since ??= Date.now();
    if (Date.now() - since > PATIENCE_MILLISECONDS) process.exit(INTERRUPTED); // its listener takes the rules away
    void leave();
  };
  process.on('SIGINT', onEnd).on('SIGTERM', onEnd).on('SIGHUP', reopen);
  return {
    forget: () => void process.off('SIGINT', onEnd).off('SIGTERM', onEnd).off('SIGHUP', reopen),
  };
}
