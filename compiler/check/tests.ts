/** From `test` declarations to steps that a runner carries out. */
import type { ExpectItem, PathExpr, SignatureDecl, TestDecl, TestStepDecl } from '../../grammar/ast.js';
import { report } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { assertNever } from '../../grammar/assert-never.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type Expectation, type RulesetTest, type TestStep, VERDICTS } from '../ruleset.js';
import { complain, type Env } from './context.js';
import { emptyTest, notInScope, typeMismatch, unknownName, unknownWord } from './diagnostics.js';
import { typeOf } from './expressions.js';
import { packetOf } from './packets.js';
import type { Declared, Names } from './scope.js';
import { describe } from './types.js';

/** Where each signature stands in the ruleset. */
export type SignatureIndex = ReadonlyMap<SignatureDecl, { readonly index: number; readonly file: string }>;

/** Checks one test. */
export function testOf({ decl, file }: Declared<TestDecl>, signatures: SignatureIndex, env: Env): RulesetTest {
  const reach = env.context.program.reach.get(file) ?? new Set([file]);
  const scope = [...signatures.values()].filter((s) => reach.has(s.file)).map((s) => s.index);
  const steps = decl.steps.flatMap((step) => stepOf(step, signatures, scope, env) ?? []);
  checkComplete(decl, env);
  return { name: decl.title.text, span: decl.title.span, scope: scope.toSorted((a, b) => a - b), steps };
}

/** A test that checks nothing, or packets that nothing checks, would give a false sense of safety. */
function checkComplete(decl: TestDecl, env: Env): void {
  if (env.context.isDamaged(decl.span)) return;
  const last = decl.steps.at(-1);
  const span = decl.title.span;
  if (!decl.steps.some((s) => s.kind === 'Expect')) {
    const help = 'add `expect` with the signatures that must match, or `expect none`';
    complain(env, emptyTest, { what: 'this test expects nothing', help }, { span });
  } else if (last && last.kind !== 'Expect') {
    complain(
      env,
      emptyTest,
      { what: 'nothing is expected of what comes last', help: 'end the test with an `expect`' },
      { span: last.span },
    );
  }
}

function stepOf(
  step: TestStepDecl,
  signatures: SignatureIndex,
  scope: readonly number[],
  env: Env,
): TestStep | undefined {
  const { span } = step;
  switch (step.kind) {
    case 'Packet':
    case 'RawPacket': {
      const packet = packetOf(step, env);
      return packet && { kind: 'packet', ...packet, span };
    }
    case 'Pcap':
      return { kind: 'pcap', path: step.path.text, span: step.path.span };
    case 'After': {
      const typed = typeOf(step.duration, env);
      if (typed.kind === 'duration') return { kind: 'after', nanoseconds: typed.nanoseconds, span };
      if (typed.kind !== 'error')
        complain(env, typeMismatch, { expected: 'a duration', found: describe(typed), help: 'such as `5s`' }, { span });
      return undefined;
    }
    case 'Expect':
      return { kind: 'expect', expectation: expectationOf(step.items, signatures, scope, env), span };
    case 'Under':
      env.context.problems.push(report(notAvailable, { what: '`under`' }, { span }));
      return undefined;
    default:
      return assertNever(step);
  }
}

function expectationOf(
  items: readonly ExpectItem[],
  signatures: SignatureIndex,
  scope: readonly number[],
  env: Env,
): Expectation {
  const expected: { signature: number; count?: number }[] = [];
  const verdicts: Expectation['verdicts'][number][] = [];
  for (const item of items) {
    const count = item.count && { count: Number(item.count.value) };
    if (item.verdict) {
      const { text, span } = item.verdict;
      const verdict = VERDICTS.find((v) => v === text);
      const known = VERDICTS.map((v) => `\`${v}\``).join(', ');
      if (verdict) verdicts.push({ verdict, ...count });
      else
        complain(
          env,
          unknownWord,
          { what: 'a verdict', word: text, near: didYouMean(text, VERDICTS), known },
          { span },
        );
    } else if (item.signature) {
      const index = signatureIndex(item.signature, signatures, scope, env);
      if (index !== undefined) expected.push({ signature: index, ...count });
    }
  }
  return { signatures: expected, verdicts };
}

function signatureIndex(
  path: PathExpr,
  signatures: SignatureIndex,
  scope: readonly number[],
  env: Env,
): number | undefined {
  const words = path.segments.map((s) => s.name.text);
  if (words.length === 0 || words.includes('')) return undefined;
  const names = namesFor(words, env);
  const decl = names?.get(words.at(-1) ?? '')?.decl;
  const index = decl && signatures.get(decl)?.index;
  const name = words.join('.');
  if (index === undefined) {
    complain(
      env,
      unknownName,
      { name, near: didYouMean(words.at(-1) ?? '', names?.keys() ?? []) },
      { span: path.span },
    );
  } else if (!scope.includes(index)) {
    complain(env, notInScope, { name }, { span: path.span });
  }
  return index;
}

/** Where `name` and `other.name` are looked up. */
function namesFor([head, member, ...rest]: readonly string[], { scope }: Env): Names['signatures'] | undefined {
  if (rest.length > 0) return undefined;
  return member === undefined ? scope.signatures : scope.aliases.get(head ?? '')?.signatures;
}
