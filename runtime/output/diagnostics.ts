/** What can be wrong with an output file: E13xx, W13xx. */
import { error, warning } from '../../grammar/diagnostic.js';

/** What to do, by the system's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'make its folder first, by `mkdir -p`',
  EISDIR: 'it is a directory: give the path of a file, or `-` for standard output',
  EACCES: 'permission denied: give a path that this user may write to',
  EPERM: 'permission denied: give a path that this user may write to',
  EROFS: 'the file system is read-only: give a path on another one',
  ENOSPC: 'the disk is full: make room or give a path on another one',
  EAGAIN: 'its reader is too slow: read faster, or give the path of a file',
  ENXIO: 'it is a pipe that nobody reads: start its reader',
  EPIPE: 'its reader has gone: start one again, or give the path of a file',
};

const PORT_ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there, perhaps another sigward: give another port, or end it',
  EADDRNOTAVAIL: 'no interface of this host has that address; `0.0.0.0` is all of them',
  EACCES: 'ports below 1024 are for root: give a higher one',
  ENOTFOUND: 'there is no host of that name: give an address',
};

/** The alert log cannot be opened or written on; `reason` is the system's error code. */
export const alertLogUnwritable = error<{ name: string; reason: string }>(
  'E1301',
  'alert log cannot be written',
  ({ name, reason }) => `cannot write alert log \`${name}\`: the system says ${reason}`,
  ({ reason }) => advice(reason),
);

/** The alert log would be written over the capture that is judged. */
export const alertLogIsCapture = error<{ name: string; capture: string }>(
  'E1302',
  'alert log is the capture',
  ({ name, capture }) => `alert log \`${name}\` and capture \`${capture}\` are the same file`,
  () => 'give the alerts a path of their own',
);

/** Nobody can be served metrics there; `reason` is the system's error code. */
export const metricsUnserved = error<{ host: string; port: number; reason: string }>(
  'E1303',
  'metrics cannot be served',
  ({ host, port, reason }) => `cannot serve metrics on \`${host}\`, port ${port}: the system says ${reason}`,
  ({ reason }) => PORT_ADVICE[reason] ?? 'give another `HOST:PORT`',
);

/** The alert log takes nothing while live packets are judged; `reason` is the system's error code. */
export const alertLogStalled = warning<{ name: string; reason: string }>(
  'W1301',
  'alerts are being lost',
  ({ name, reason }) => `alert log \`${name}\` takes no more: the system says ${reason}`,
  ({ reason }) =>
    `unless \`log-unwritable\` says drop, packets are judged all the same, and alerts that do not fit in memory are lost; ${advice(reason)}`,
);

/** The alert log was to be opened anew, by SIGHUP; `reason` is the system's error code. */
export const alertLogNotReopened = warning<{ name: string; reason: string }>(
  'W1302',
  'the alert log is not opened anew',
  ({ name, reason }) => `alert log \`${name}\` cannot be opened anew: the system says ${reason}`,
  () =>
    'alerts go on into the file that it was; let log rotation make the new file, owned by the user that sigward runs as, ' +
    'before it sends SIGHUP',
);

function advice(reason: string): string {
  return ADVICE[reason] ?? 'give the path of a file that can be written, or `-` for standard output';
}
