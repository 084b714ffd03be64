/** Every kind of diagnostic that the project declares. */
import type { DiagnosticKind } from '../../grammar/diagnostic.js';
import * as cli from '../../cli/diagnostics.js';
import * as explain from '../../cli/commands/explain-diagnostics.js';
import * as policy from '../../cli/policy.js';
import * as compiling from '../../cli/compiling/diagnostics.js';
import * as client from '../../cli/ctl-client.js';
import * as removed from '../../cli/removed.js';
import * as trust from '../../cli/trust-diagnostics.js';
import { testFailed } from '../../cli/commands/test.js';
import * as artefact from '../../compiler/artefact/diagnostics.js';
import * as checker from '../../compiler/check/diagnostics.js';
import * as modules from '../../compiler/check/module-diagnostics.js';
import * as grammar from '../../grammar/diagnostics.js';
import * as capture from '../../runtime/capture/diagnostics.js';
import * as control from '../../runtime/control/diagnostics.js';
import * as nfqueue from '../../runtime/nfqueue/diagnostics.js';
import * as output from '../../runtime/output/diagnostics.js';
import * as reject from '../../runtime/reject/diagnostics.js';
import * as supervisor from '../../runtime/supervisor/diagnostics.js';

const declared: readonly unknown[] = [
  grammar,
  checker,
  modules,
  artefact,
  cli,
  explain,
  policy,
  compiling,
  client,
  removed,
  trust,
  capture,
  control,
  nfqueue,
  output,
  reject,
  supervisor,
].flatMap((family) => Object.values<unknown>({ ...family }));

function isKind(value: unknown): value is DiagnosticKind<unknown> {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}

/** In order of code. */
export const diagnosticKinds: readonly DiagnosticKind<unknown>[] = [...declared, testFailed]
  .filter(isKind)
  .toSorted((a, b) => (a.code < b.code ? -1 : 1));
