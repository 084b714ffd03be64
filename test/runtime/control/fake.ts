/** A compiler and queues that do what a test says, in no time. */
import type { Compiled, CompileResult, Compiler, Task } from '../../../runtime/control/compiler.js';
import type { Enforcement, ManagementOptions } from '../../../runtime/control/management.js';
import type { Current } from '../../../runtime/control/reports.js';
import { report } from '../../../grammar/diagnostic.js';
import { compilerFailed, doesNotCompile } from '../../../runtime/control/diagnostics.js';
import { Problem } from '../../../runtime/problem.js';

export interface Fake {
  readonly options: ManagementOptions;
  /** What was compiled. */
  readonly tasks: Task[];
  /** What became of it, and what else the queues were told. */
  readonly events: string[];
  /** How the next compilations and takeovers go. */
  readonly next: { compile: 'well' | 'errors'; take: 'well' | 'refused'; wait: Promise<void> };
}

const COMPILED: Compiled = {
  artefact: new Uint8Array([1, 2, 3]),
  units: [{ path: 'web.sig', modules: ['web'], isImported: false }],
  declared: [{ name: 'web' }],
  modules: [{ name: 'web', path: 'web.sig', signatures: 3, isChained: true }],
  fate: { unchanged: ['root'], changed: ['web'], added: [], gone: [] },
  ...{ broughtIn: [], policies: ['campus'], signatures: 3, hash: 'sha256:00', verified: 'proved' },
  steps: [{ name: 'check', milliseconds: 1 }],
  findings: { diagnostics: [], text: '' },
};

const CURRENT: Current = {
  running: {
    ...{ paths: ['web.sig'], without: [], removed: [], policy: undefined },
    ...{ units: COMPILED.units, declared: COMPILED.declared, modules: COMPILED.modules },
  },
  compiled: COMPILED,
};

/** Everything goes well until a test says otherwise. */
export function fake(onReloadFailed: 'accept' | 'drop' = 'accept'): Fake {
  const tasks: Task[] = [];
  const events: string[] = [];
  const next: Fake['next'] = { compile: 'well', take: 'well', wait: Promise.resolve() };
  const compiler: Compiler = {
    compile: async (task, progress): Promise<CompileResult> => {
      tasks.push(task);
      events.push('compile');
      progress('checking');
      await next.wait;
      if (next.compile === 'well') return { ok: true, ...COMPILED };
      const findings = { diagnostics: [{ code: 'E0101' }], text: 'error[E0101]: wrong\n' };
      return { ok: false, diagnostic: report(doesNotCompile, { count: '1 error' }), findings };
    },
    compare: async () => ({ signatures: [], text: '', summary: '', skipped: 0, milliseconds: 1 }),
    settle: (taken) => void events.push(taken ? 'settled' : 'given up'),
    close: () => void events.push('closed'),
  };
  let generation = 1;
  let counted = 0;
  const enforcement: Enforcement = {
    take: async () => {
      if (next.take === 'refused') throw Problem.of(compilerFailed, { why: 'queue 0 says no' });
      const queues = [{ queue: 0, readyMilliseconds: 3, gapMicroseconds: 20 }];
      return { generation: ++generation, milliseconds: { ready: 3, use: 1, networks: 0 }, queues };
    },
    refresh: () => void (counted = 7),
    suspend: async () => void events.push('suspended'),
    status: () => ({ generation, ruleset: 'sha256:00', since: 0, closed: undefined, queues: [] }),
    counters: () => ({ packets: counted, signatures: [] }) as unknown as ReturnType<Enforcement['counters']>,
  };
  const places = { isFile: () => false, directory: undefined };
  return { options: { current: CURRENT, compiler, enforcement, places, onReloadFailed }, tasks, events, next };
}
