/** From `test` declarations to steps that a runner carries out. */
import type {
  ExpectItem,
  NumberExpr,
  PathExpr,
  PolicyDecl,
  SignatureDecl,
  TestDecl,
  TestStepDecl,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { assertNever } from '../../grammar/assert-never.js';
import { didYouMean } from '../../grammar/suggest.js';
import { type Expectation, type RulesetTest, type TestStep, VERDICTS } from '../ruleset.js';
import { isLost } from './builtins.js';
import { complain, type Env, quote } from './context.js';
import {
  contradiction,
  emptyTest,
  notInScope,
  repeatedEntry,
  tooManyPackets,
  typeMismatch,
  unknownName,
  unknownWord,
  wrongKind,
} from './diagnostics.js';
import { lateUnder } from './module-diagnostics.js';
import { typeOf } from './expressions.js';
import { named } from './named.js';
import { noteExpected } from './notes.js';
import { packetOf } from './packets.js';
import { KINDS, type Names } from './scope.js';
import { describe } from './types.js';

/** A test whose signatures are not numbered yet: their numbers change when others come and go. */
export interface TestSteps extends Pick<RulesetTest, 'name' | 'span'> {
  readonly under?: PolicyDecl;
  readonly steps: readonly Step[];
}

type Step = Exclude<TestStep, { kind: 'expect' }> | ExpectStep;

interface ExpectStep {
  readonly kind: 'expect';
  readonly signatures: readonly { readonly decl: SignatureDecl; readonly count?: number }[];
  readonly verdicts: Expectation['verdicts'];
  readonly span: Span;
}

/** Checks one test. */
export function testOf(decl: TestDecl, env: Env): TestSteps {
  const under = underOf(decl, env);
  const steps = decl.steps.flatMap((step) => stepOf(step, env) ?? []);
  checkComplete(decl, env);
  return { name: decl.title.text, span: decl.title.span, ...(under && { under }), steps };
}

/** The policy that it says it is under: once, in front of everything else. */
function underOf({ steps }: TestDecl, env: Env): PolicyDecl | undefined {
  const all = steps.filter((step) => step.kind === 'Under');
  const [first, ...further] = all;
  if (first && steps[0] !== first) complain(env, lateUnder, undefined, { span: first.span });
  for (const { span } of further)
    complain(env, repeatedEntry, { key: 'under' }, { span }, { span: (first ?? { span }).span, text: 'first here' });
  const [found] = all.map(({ policy }) => named(policy, 'policies', env));
  return found?.decl;
}

/** What stands at which place in the ruleset. */
export interface Numbers {
  readonly signatures: ReadonlyMap<SignatureDecl, number>;
  readonly policies: ReadonlyMap<PolicyDecl, number>;
}

/** The test with the places of what it names; `scope` are the signatures that it runs with. */
export function numbered(
  { steps, under, ...test }: TestSteps,
  numbers: Numbers,
  scope: readonly number[],
): RulesetTest {
  const expectation = ({ signatures, verdicts }: ExpectStep): Expectation => ({
    signatures: signatures.flatMap(({ decl, ...count }) => {
      const signature = numbers.signatures.get(decl);
      return signature === undefined ? [] : [{ signature, ...count }];
    }),
    verdicts,
  });
  const all = steps.map((step): TestStep =>
    step.kind === 'expect' ? { kind: 'expect', expectation: expectation(step), span: step.span } : step,
  );
  const policy = under && numbers.policies.get(under);
  return { ...test, scope, ...(policy !== undefined && { under: policy }), steps: all };
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

function stepOf(step: TestStepDecl, env: Env): Step | undefined {
  const { span } = step;
  switch (step.kind) {
    case 'Packet':
    case 'RawPacket': {
      const packet = packetOf(step, env);
      return packet && { kind: 'packet', ...packet, count: timesOf(step.count, env), span };
    }
    case 'Pcap':
      return { kind: 'pcap', path: step.path.text, span: step.path.span };
    case 'After': {
      const typed = typeOf(step.duration, env);
      if (typed.kind === 'duration') return { kind: 'after', nanoseconds: typed.nanoseconds, span };
      if (typed.kind !== 'error')
        complain(
          env,
          typeMismatch,
          { expected: 'a duration', found: describe(typed), help: 'such as `5s`' },
          { span: step.duration.span },
        );
      return undefined;
    }
    case 'Expect':
      return { kind: 'expect', ...expectationOf(step.items, env), span };
    case 'Under':
      return undefined;
    default:
      return assertNever(step);
  }
}

/** What a slip (`* 10000000000`) would hold up for hours. */
const MOST_PACKETS = 100_000;

function timesOf(count: NumberExpr | undefined, env: Env): number {
  if (!count) return 1;
  if (count.value >= 1n && count.value <= BigInt(MOST_PACKETS)) return Number(count.value);
  if (!env.context.isDamaged(count.span))
    complain(env, tooManyPackets, { count: quote(env, count), limit: MOST_PACKETS }, { span: count.span });
  return 1;
}

function expectationOf(items: readonly ExpectItem[], env: Env): Pick<ExpectStep, 'signatures' | 'verdicts'> {
  checkConsistent(items, env);
  const expected: { decl: SignatureDecl; count?: number }[] = [];
  const verdicts: Expectation['verdicts'][number][] = [];
  for (const item of items) {
    const count = item.count && { count: Number(item.count.value) };
    if (item.verdict) {
      const { text, span } = item.verdict;
      const verdict = VERDICTS.find((v) => v === text);
      const known = VERDICTS.map((v) => `\`${v}\``).join(', ');
      if (verdict) env.context.note?.(item.verdict, 'builtin');
      if (verdict) verdicts.push({ verdict, ...count });
      else
        complain(
          env,
          unknownWord,
          { what: 'a verdict', word: text, near: didYouMean(text, VERDICTS), known },
          { span },
        );
    } else if (item.signature) {
      const decl = expectedSignature(item.signature, env);
      if (decl) expected.push({ decl, ...count });
    }
  }
  return { signatures: expected, verdicts };
}

/** `none` says all there is to say of signatures, and each is named once. */
function checkConsistent(items: readonly ExpectItem[], env: Env): void {
  const seen = new Map<string, ExpectItem>();
  for (const item of items) {
    const name = item.verdict
      ? `verdict ${item.verdict.text}`
      : (item.signature?.segments.map((s) => s.name.text).join('.') ?? 'none');
    const first = seen.get(name);
    const help = 'say how often with `*`';
    if (first)
      complain(
        env,
        contradiction,
        { what: `\`${name}\` is expected twice`, help },
        { span: item.span },
        { span: first.span, text: 'first here' },
      );
    seen.set(name, item);
    if (item.count?.value === 0n) {
      const help = 'what is not listed must not match: leave it out';
      complain(env, contradiction, { what: `\`${name}\` is expected no times`, help }, { span: item.count.span });
    }
  }
  const none = seen.get('none');
  if (none?.count)
    complain(
      env,
      contradiction,
      { what: '`none` takes no count', help: 'it is about all packets since the last `expect`' },
      { span: none.count.span },
    );
  if (none && items.some((item) => item.signature)) {
    complain(
      env,
      contradiction,
      { what: '`none` and a signature are expected', help: 'leave out one of them' },
      { span: none.span },
    );
  }
}

function expectedSignature(path: PathExpr, env: Env): SignatureDecl | undefined {
  const words = path.segments.map((s) => s.name.text);
  if (words.length === 0 || words.includes('')) return undefined;
  const [head = '', last = head] = [words[0], words.at(-1)];
  const names = namesFor(words, env);
  const decl = names?.get(last)?.decl;
  if (decl) {
    noteExpected(path.segments, decl, env);
    return decl;
  }
  const name = words.join('.');
  if (words.length === 1 && notSignature(name, path.span, env)) return undefined;
  const near = didYouMean(last, names?.keys() ?? []);
  if (!isLost(head, near, env)) complain(env, unknownName, { name, near }, { span: path.span });
  return undefined;
}

/** Where `name` and `other.name` are looked up. */
function namesFor([head, member, ...rest]: readonly string[], { scope }: Env): Names['signatures'] | undefined {
  if (rest.length > 0) return undefined;
  return member === undefined ? scope.signatures : scope.aliases.get(head ?? '')?.signatures;
}

/** Whether a file that this one does not import has a signature of that name. */
function isElsewhere(name: string, { context }: Env): boolean {
  const all = [...context.program.scopes.values()];
  return all.some(({ signatures }) => signatures.has(name));
}

/** A name that is there, but is no signature that this test can expect; whether that was so, and has been said. */
function notSignature(name: string, span: Span, env: Env): boolean {
  const alias = [...env.scope.aliases].find(([, names]) => names.signatures.has(name))?.[0];
  const declared = env.scope.values.get(name)?.decl.kind;
  if (alias !== undefined) complain(env, unknownName, { name, near: `did you mean \`${alias}.${name}\`?` }, { span });
  else if (isElsewhere(name, env)) complain(env, notInScope, { name }, { span });
  else if (env.scope.aliases.has(name)) {
    const help = `name what it holds: \`${name}.…\``;
    complain(env, wrongKind, { name, is: 'an imported file', expected: 'a signature', help }, { span });
  } else if (name === 'verdict') {
    complain(
      env,
      wrongKind,
      { name, is: 'half an expectation', expected: 'a signature', help: 'say which: `verdict drop`' },
      { span },
    );
  } else if (declared) {
    complain(env, wrongKind, { name, is: KINDS[declared], expected: 'a signature' }, { span });
  } else return false;
  return true;
}
