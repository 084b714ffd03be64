/**
 * Who was started as root goes on with what it needs: the same process, executed once more by `setpriv`, as another user where that can read
 * the rules, with CAP_NET_ADMIN and CAP_NET_RAW, and nothing that it starts can ever have more.
 *
 * What only root may open is opened before and handed on: the kernel's table of queues, and the alert log.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, fchownSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { mayAdministerNetwork } from '../../runtime/nfqueue/capabilities.js';
import { QUEUE_TABLE, readTableFrom } from '../../runtime/nfqueue/statistics.js';
import { attempt, systemCode } from '../../runtime/output/eve-log.js';
import { openWithoutWaiting } from '../../runtime/output/live-log.js';
import { Problem } from '../../runtime/problem.js';
import { findProgram } from '../../runtime/programs.js';
import { execute } from '../../runtime/supervisor/execute.js';
import { privilegesKept, userImpossible, userKept } from '../diagnostics.js';

/** Descriptors that were opened before. */
interface Inherited {
  readonly table?: number;
  readonly log?: number;
}

export interface Needs {
  /** The user to become, where one is named; `nobody` otherwise, where that is possible. */
  readonly user: string | undefined;
  readonly eve: string | undefined;
  /** What it reads later: rules, settings, modules. */
  readonly paths: readonly string[];
}

const NOBODY = 'nobody';
/** The two are what iptables needs to change rules and to ask for sets; the second also sends the answers to rejected packets. */
const CAPABILITIES = '-all,+net_admin,+net_raw';

/**
 * Does not come back where the process is executed once more; there it gives the descriptor of the alert log, if that was opened. Throws a
 * Problem where a user is named that it cannot become.
 */
export async function lessPrivileges(
  needs: Needs,
  warn: (diagnostic: Diagnostic) => void,
): Promise<number | undefined> {
  const handed = process.env['SIGWARD_INHERITED'];
  if (handed !== undefined) return inherit(handed);
  const setpriv = findProgram('setpriv');
  const isRoot = process.getuid?.() === 0 && mayAdministerNetwork();
  if (!isRoot) return undefined;
  const choice = setpriv === undefined ? { reason: '`setpriv` is not installed' } : chosen(setpriv, needs, warn);
  if (setpriv === undefined || !('flags' in choice)) {
    warn(report(privilegesKept, { reason: 'reason' in choice ? choice.reason : '' }));
    return undefined;
  }
  const log = openedLog(needs.eve, choice.owner);
  const table = existsSync(QUEUE_TABLE) ? openSync(QUEUE_TABLE, 'r') : undefined;
  const opened: Inherited = { ...(log !== undefined && { log }), ...(table !== undefined && { table }) };
  process.env['SIGWARD_INHERITED'] = JSON.stringify(opened);
  const command = [...choice.flags, '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const reason = await execute(setpriv, [setpriv, ...command], Object.values(opened));
  delete process.env['SIGWARD_INHERITED'];
  warn(report(privilegesKept, { reason }));
  return log;
}

function inherit(handed: string): number | undefined {
  delete process.env['SIGWARD_INHERITED'];
  const { table, log } = JSON.parse(handed) as Inherited;
  if (table !== undefined) readTableFrom(table);
  return log;
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

const LIMITS = [
  ...['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=${CAPABILITIES}`),
  '--no-new-privs',
];

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
    const flags = [`--reuid=${owner.user}`, `--regid=${owner.group}`, '--clear-groups', ...LIMITS];
    const reason = unreadable(setpriv, flags, needs);
    if (reason === undefined) return { flags, owner };
    refuse(reason);
  }
  const tried = spawnSync(setpriv, [...LIMITS, '--', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? { flags: LIMITS, owner: undefined } : { reason: tried.stderr.trim() };
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
