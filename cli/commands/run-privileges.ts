/**
 * Who was started as root goes on with what it needs: the same process, executed once more by `setpriv`, as another user where that can read
 * the rules, with CAP_NET_ADMIN, and CAP_NET_RAW where iptables asks for it, and nothing that it starts can ever have more.
 *
 * What only root may open is opened before and handed on: the kernel's table of queues, the alert log, sockets for answers, the lock of iptables-legacy.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, fchownSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { mayAdministerNetwork, mayDoMore } from '../../runtime/nfqueue/capabilities.js';
import { prepareLegacy } from '../../runtime/nfqueue/legacy.js';
import { loadLibc } from '../../runtime/nfqueue/libc.js';
import { QUEUE_TABLE, readTableFrom } from '../../runtime/nfqueue/statistics.js';
import { lockTablesBy } from '../../runtime/nfqueue/tables-lock.js';
import { attempt, systemCode } from '../../runtime/output/eve-log.js';
import { openWithoutWaiting } from '../../runtime/output/live-log.js';
import { Problem } from '../../runtime/problem.js';
import { findProgram } from '../../runtime/programs.js';
import { listeningDescriptor } from '../../runtime/control/socket-file.js';
import { openRawSockets, type RawSockets } from '../../runtime/reject/raw-socket.js';
import { execute, keepToOneself } from '../../runtime/supervisor/execute.js';
import { privilegesKept, userImpossible, userKept } from '../diagnostics.js';

/** Descriptors of what was opened while that was allowed, for whoever goes on. */
export interface Opened {
  /** The alert log. */
  readonly log?: number;
  /** For answers to rejected packets. */
  readonly sockets?: RawSockets;
  /** The control socket: as it belongs to who starts sigward, nobody else may give orders. */
  readonly control?: number;
}

/** All of them. */
interface Inherited extends Opened {
  readonly table?: number;
  readonly lock?: number;
}

export interface Needs {
  /** Whether rules are put into iptables. */
  readonly install: boolean;
  /** The user to become, where one is named; `nobody` otherwise, where that is possible. */
  readonly user: string | undefined;
  readonly eve: string | undefined;
  /** Where it takes orders. */
  readonly control: string | undefined;
  /** What it reads later: rules, settings, modules. */
  readonly paths: readonly string[];
}

const NOBODY = 'nobody';

/**
 * Does not come back where the process is executed once more; there it gives what was opened before. Throws a Problem where a user is named
 * that it cannot become.
 */
export async function lessPrivileges(needs: Needs, warn: (diagnostic: Diagnostic) => void): Promise<Opened> {
  const handed = process.env['SIGWARD_INHERITED'];
  delete process.env['SIGWARD_INHERITED'];
  // Whoever has set it by hand keeps nothing for that.
  if (handed !== undefined && !mayDoMore()) return inherit(handed);
  const setpriv = findProgram('setpriv');
  const isRoot = process.getuid?.() === 0 && mayAdministerNetwork();
  if (!isRoot) return {};
  const choice = setpriv === undefined ? { reason: '`setpriv` is not installed' } : chosen(setpriv, needs, warn);
  if (setpriv === undefined || !('flags' in choice)) {
    warn(report(privilegesKept, { reason: 'reason' in choice ? choice.reason : '' }));
    return {};
  }
  const opened = await openAll(needs, choice.owner);
  process.env['SIGWARD_INHERITED'] = JSON.stringify(opened);
  const command = [...choice.flags, '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const reason = await execute(setpriv, [setpriv, ...command], descriptorsOf(opened));
  delete process.env['SIGWARD_INHERITED'];
  warn(report(privilegesKept, { reason }));
  return opened;
}

async function inherit(handed: string): Promise<Opened> {
  const inherited = parsed(handed);
  await keepToOneself(descriptorsOf(inherited));
  const { table, lock, ...opened } = inherited;
  if (table !== undefined) readTableFrom(table);
  if (lock !== undefined) lockTablesBy(await loadLibc(), lock);
  return opened;
}

function parsed(handed: string): Inherited {
  try {
    return (JSON.parse(handed) ?? {}) as Inherited;
  } catch {
    return {};
  }
}

async function openAll({ eve, install, control }: Needs, owner: Owner | undefined): Promise<Inherited> {
  const log = openedLog(eve, owner);
  const table = existsSync(QUEUE_TABLE) ? openSync(QUEUE_TABLE, 'r') : undefined;
  const lock = install ? prepareLegacy() : undefined;
  const sockets = await openedSockets();
  const orders = control === undefined ? undefined : await listeningDescriptor(control, await loadLibc());
  return {
    ...{ ...(log !== undefined && { log }), ...(table !== undefined && { table }) },
    ...{ ...(lock !== undefined && { lock }), ...(sockets && { sockets }) },
    ...(orders !== undefined && { control: orders }),
  };
}

/** Where there are none, that is said once they are needed. */
async function openedSockets(): Promise<RawSockets | undefined> {
  const libc = await loadLibc().catch(() => undefined);
  const sockets = libc && openRawSockets(libc);
  return sockets && 'ipv4' in sockets ? sockets : undefined;
}

function descriptorsOf({ log, table, lock, sockets, control }: Inherited): number[] {
  return [log, table, lock, sockets?.ipv4, sockets?.ipv6, control].filter(
    (fd): fd is number => fd !== undefined && fd >= 0,
  );
}

/** How setpriv is called, and who owns files that are made. */
interface Choice {
  readonly flags: readonly string[];
  readonly owner: Owner | undefined;
}

interface Owner {
  readonly user: number;
  readonly group: number;
}

/** iptables asks the kernel by a raw socket: iptables-legacy whatever it does, and every other one where a rule looks into a set. */
function limits(install: boolean): string[] {
  const capabilities = install ? '-all,+net_admin,+net_raw' : '-all,+net_admin';
  const sets = ['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=${capabilities}`);
  return [...sets, '--no-new-privs'];
}

/** Who stays root gets no capability for being it. */
const PLAIN_ROOT = '--securebits=+noroot,+noroot_locked';

/** As the other user where it can read all, else as this one with less; or why not even that. */
function chosen(setpriv: string, needs: Needs, warn: (diagnostic: Diagnostic) => void): Choice | { reason: string } {
  const { user = NOBODY } = needs;
  const owner = ownerOf(user);
  const refuse = (reason: string): void => {
    if (needs.user !== undefined) throw Problem.of(userImpossible, { user, reason });
    warn(report(userKept, { user, reason }));
  };
  if (!owner) refuse('there is no such user');
  else if (owner.user !== 0) {
    const flags = [`--reuid=${owner.user}`, `--regid=${owner.group}`, '--clear-groups', ...limits(needs.install)];
    const reason = unreadable(setpriv, flags, needs);
    if (reason === undefined) return { flags, owner };
    refuse(reason);
  }
  const flags = [PLAIN_ROOT, ...limits(needs.install)];
  const tried = spawnSync(setpriv, [...flags, '--', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? { flags, owner: undefined } : { reason: tried.stderr.trim() };
}

function ownerOf(user: string): Owner | undefined {
  const [uid, gid] = ['-u', '-g'].map((which) => spawnSync('id', [which, '--', user], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { user: Number(uid.stdout), group: Number(gid.stdout) };
}

/** What of all that is needed the user cannot read, in words. */
function unreadable(setpriv: string, flags: readonly string[], { paths }: Needs): string | undefined {
  const needed = [process.execPath, process.argv[1] ?? '', ...paths].filter((path) => existsSync(path));
  const isClosed = ['(', '!', '-readable', '-o', '-type', 'd', '!', '-executable', ')'];
  const search = ['find', '-L', ...needed.map((path) => resolve(path)), ...isClosed, '-print', '-quit'];
  const { status, stdout, stderr } = spawnSync(setpriv, [...flags, '--', ...search], { encoding: 'utf8', cwd: '/' });
  const [first] = stdout.split('\n');
  if (first) return `it cannot read \`${first}\``;
  return status === 0 ? undefined : (stderr.trim().split('\n')[0] ?? 'setpriv failed');
}

/** A file that is made here belongs to whoever will open it anew. */
function openedLog(path: string | undefined, owner: Owner | undefined): number | undefined {
  if (path === undefined || path === '-') return undefined;
  const isNew = !existsSync(path);
  return attempt(path, () => {
    try {
      const fd = openWithoutWaiting(path);
      if (isNew && owner) fchownSync(fd, owner.user, owner.group);
      return fd;
    } catch (cause) {
      // A pipe that nobody reads yet.
      if (systemCode(cause) === 'ENXIO') return undefined;
      throw cause;
    }
  });
}
