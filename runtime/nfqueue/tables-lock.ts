/**
 * The lock under which iptables-legacy changes rules. Only root may open it, so a process that no longer is has it open from before, holds it
 * itself while iptables runs, and has iptables lock something else.
 */
import os from 'node:os';
import type { Libc } from './libc.js';

/** Where iptables-legacy has it, unless told otherwise by the variable. */
export const TABLES_LOCK = '/run/xtables.lock';
export const LOCK_VARIABLE = 'XTABLES_LOCKFILE';
/** Anybody may open and lock it. */
const INSTEAD = '/dev/null';

const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;
/** Milliseconds: how long the lock is waited for, and how often it is tried. */
const PATIENCE = 5_000;
const PAUSE = 50;

let held: { readonly libc: Libc; readonly fd: number; users: number } | undefined;

/** Has the lock taken by this descriptor from now on. */
export function lockTablesBy(libc: Libc, fd: number): void {
  held = { libc, fd, users: 0 };
}

/** What iptables is to be told of its environment. */
export function lockEnvironment(): NodeJS.ProcessEnv {
  return held ? { [LOCK_VARIABLE]: INSTEAD } : {};
}

/** Waits for the lock, if it has to be taken here. False where somebody else keeps it too long; otherwise `unlockTables` follows. */
export async function lockTables(): Promise<boolean> {
  const until = performance.now() + PATIENCE;
  while (!attempt()) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return true;
}

/** The same without going back to the event loop. */
export function lockTablesSync(): boolean {
  const until = performance.now() + PATIENCE;
  while (!attempt()) {
    if (performance.now() > until) return false;
    held?.libc.usleep(PAUSE * 1_000);
  }
  return true;
}

/** A command in the background and one at the end may overlap: the last one lets go. */
export function unlockTables(): void {
  if (held && --held.users === 0) held.libc.flock(held.fd, LOCK_UN);
}

/** What fails otherwise than because of somebody else is iptables' own matter. */
function attempt(): boolean {
  if (!held) return true;
  if (held.libc.flock(held.fd, LOCK_EX | LOCK_NB) === -os.constants.errno.EWOULDBLOCK) return false;
  held.users++;
  return true;
}
