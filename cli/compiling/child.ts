/** A process that compiles for a sigward that runs: it can neither slow that down nor bring it down. */
import { writeFileSync } from 'node:fs';
import { report } from '../../grammar/diagnostic.js';
import { compilerFailed } from '../../runtime/control/diagnostics.js';
import { type Compiling, createCompiling } from './compiling.js';
import type { CompileOrder, CompileReport } from './messages.js';

/** Or why there is none. */
let compiling: Compiling | string = 'nothing was said of what runs';

// Node would open its debugger, on a port of this host, to whoever may signal this process.
process.on('SIGUSR1', () => undefined);
volunteer();
process.on('message', (order: CompileOrder) => {
  const answer = obey(order);
  if (answer) process.send?.(answer);
});
process.on('disconnect', () => process.exit());

/** Where memory runs out the kernel ends this process first: packets can do without it. Everybody may ask for that of their own. */
function volunteer(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Without it the kernel chooses by size.
  }
}

function obey(order: CompileOrder): CompileReport | undefined {
  if (order.kind === 'start') {
    compiling = begun(order);
    return { kind: 'started' };
  }
  if (order.kind === 'compile') {
    if (typeof compiling !== 'string')
      return { kind: 'compiled', snapshot: undefined, ...compiling.compile(order.task, say) };
    const diagnostic = report(compilerFailed, { why: compiling });
    return { kind: 'compiled', result: { ok: false, diagnostic }, snapshot: undefined };
  }
  if (typeof compiling === 'string') return undefined;
  if (order.kind === 'settle') compiling.settle(order.taken);
  return order.kind === 'compare' ? { kind: 'compared', difference: compiling.compare(order.colour) } : undefined;
}

function say(text: string): void {
  process.send?.({ kind: 'progress', text } satisfies CompileReport);
}

function begun({ site, baseline }: Extract<CompileOrder, { readonly kind: 'start' }>): Compiling | string {
  try {
    return createCompiling(site, baseline);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
