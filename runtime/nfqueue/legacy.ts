/** What iptables-legacy needs of root before a process goes on as another user: its lock open, and the kernel's modules loaded, which it loads itself. */
import { openSync } from 'node:fs';
import { constants } from 'node:fs';
import { type Iptables, type Outcome, runIptablesSync } from './iptables.js';
import { LOCK_VARIABLE, TABLES_LOCK } from './tables-lock.js';

/** What it takes from the machine; tests give their own. */
export interface LegacyEnvironment {
  readonly run: (program: Iptables, args: readonly string[]) => Outcome;
  readonly open: (path: string) => number;
}

const MACHINE: LegacyEnvironment = {
  run: runIptablesSync,
  open: (path) => openSync(path, constants.O_RDONLY | constants.O_CREAT, 0o600),
};

/** The lock's descriptor; undefined where iptables is another one, or the lock is not the usual one, or cannot be opened. */
export function prepareLegacy({ run, open }: LegacyEnvironment = MACHINE): number | undefined {
  const legacy = (['iptables', 'ip6tables'] as const).filter((program) => isLegacy(run(program, ['--version'])));
  for (const program of legacy) for (const table of ['filter', 'mangle']) run(program, ['-t', table, '-S']);
  if (legacy.length === 0 || process.env[LOCK_VARIABLE] !== undefined) return undefined;
  try {
    return open(TABLES_LOCK);
  } catch {
    return undefined;
  }
}

/** `iptables v1.8.9 (nf_tables)` is not; older ones name no kind. */
function isLegacy(version: Outcome): boolean {
  return version.kind === 'done' && !version.output.includes('nf_tables');
}
