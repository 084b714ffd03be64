/**
 * The compiler of a sigward that runs, in a process of its own: it is started by the first order, ends when it has had nothing to do for a
 * while, and is killed where it takes too long. What it needs to begin where it stood is kept here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { report } from '../../grammar/diagnostic.js';
import type { Compiler, CompileResult, Difference, Step } from '../../runtime/control/compiler.js';
import { compilerFailed } from '../../runtime/control/diagnostics.js';
import type { Baseline, Site } from './compiling.js';
import type { CompileOrder, CompileReport } from './messages.js';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Seconds after which it is not waited for any longer. */
const MOST_SECONDS = { compile: 120, compare: 15 } as const;
/** Seconds without an order after which it ends; another takes as long to begin as some orders (2.2 s where one took 0.5). */
const IDLE_SECONDS = 300;
/** Of its heap. */
const MOST_MEGABYTES = 2048;

/** What the first order waits for. */
const START = 'start the compiler';

type Answer = Exclude<CompileReport, { readonly kind: 'progress' }>;

/** Begins where the baseline stands; `wrapper` stands before `node` in the command. */
export function compileProcess(site: Site, start: Baseline, wrapper: readonly string[] = []): Compiler {
  let baseline = start;
  let pending: Baseline | undefined;
  let child: CompileChild | undefined;
  let idle: NodeJS.Timeout | undefined;

  /** A child that is at hand, and what its start took; nothing where there was one. */
  const started = async (
    progress: (text: string) => void,
  ): Promise<{ child: CompileChild; steps: readonly Step[] }> => {
    clearTimeout(idle);
    if (child?.isOver === false) return { child, steps: [] };
    progress(START);
    const began = performance.now();
    child = startChild(wrapper);
    await child.ask({ kind: 'start', site, baseline }, MOST_SECONDS.compile);
    return { child, steps: [{ name: START, milliseconds: performance.now() - began }] };
  };
  const rest = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => child?.kill('it had nothing to do'), IDLE_SECONDS * 1000).unref();
  };

  return {
    compile: async (task, progress): Promise<CompileResult> => {
      const { child: at, steps } = await started(progress);
      const answer = await at.ask({ kind: 'compile', task }, MOST_SECONDS.compile, progress);
      if (typeof answer === 'object' && answer.kind === 'compiled') {
        const { result, snapshot } = answer;
        pending = snapshot && { task, snapshot };
        return result.ok ? { ...result, steps: [...steps, ...result.steps] } : result;
      }
      return {
        ok: false,
        diagnostic: report(compilerFailed, { why: typeof answer === 'string' ? answer : 'another answer came' }),
      };
    },
    settle: (taken) => {
      child?.send({ kind: 'settle', taken });
      if (taken && pending) baseline = pending;
      pending = undefined;
      rest();
    },
    compare: async (colour): Promise<Difference | undefined> => {
      const answer = await child?.ask({ kind: 'compare', colour }, MOST_SECONDS.compare);
      rest();
      return typeof answer === 'object' && answer.kind === 'compared' ? answer.difference : undefined;
    },
    close: () => {
      clearTimeout(idle);
      child?.kill('sigward is ending');
    },
  };
}

interface CompileChild {
  readonly isOver: boolean;
  readonly send: (order: CompileOrder) => void;
  /** One at a time: its answer, or in words why there is none. It has ended then. */
  readonly ask: (order: CompileOrder, seconds: number, progress?: (text: string) => void) => Promise<Answer | string>;
  readonly kill: (why: string) => void;
}

function startChild(wrapper: readonly string[]): CompileChild {
  const child = spawned(wrapper);
  let over: string | undefined;
  let waiting:
    { readonly answer: (answer: Answer | string) => void; readonly progress: (text: string) => void } | undefined;
  const end = (why: string): void => {
    over ??= why;
    waiting?.answer(over);
  };
  child.on('message', (said: CompileReport) => {
    if (said.kind === 'progress') waiting?.progress(said.text);
    else waiting?.answer(said);
  });
  child.on('error', (cause) => end(`its process could not be started: ${cause.message}`));
  child.on('close', (status, signal) =>
    end(`its process ${signal === null ? `ended with status ${status}` : `was killed (${signal})`}`),
  );
  const kill = (why: string): void => {
    over ??= why;
    child.kill('SIGKILL');
  };
  return {
    get isOver() {
      return over !== undefined;
    },
    send: (order) => void child.send(order, () => undefined),
    ask: async (order, seconds, progress = () => undefined) => {
      if (over !== undefined) return over;
      const timer = setTimeout(() => kill(`it took more than ${seconds} seconds`), seconds * 1000);
      const answer = await new Promise<Answer | string>((resolve) => {
        waiting = { answer: resolve, progress };
        child.send(order, () => undefined);
      });
      waiting = undefined;
      clearTimeout(timer);
      return answer;
    },
    kill,
  };
}

function spawned(wrapper: readonly string[]): ChildProcess {
  const [command, ...args] = [...wrapper, process.execPath, `--max-old-space-size=${MOST_MEGABYTES}`, CHILD] as const;
  return spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // A session of its own: a terminal's Ctrl-C is for whoever started it.
    detached: true,
  });
}
