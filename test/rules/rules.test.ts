/** The rules that ship: they check without a warning, their tests pass, and each signature is described and tested. */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import type { Formula } from '../../compiler/logic/formula.js';
import type { RulesetTest, Signature } from '../../compiler/ruleset.js';
import type { Span } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import type { Packet } from '../../runtime/packet.js';
import { runTest } from '../../runtime/testing/run-test.js';
import { type Mutant, narrowed, weakened } from './mutants.js';

const { ruleset, diagnostics, texts } = loadRules(['rules']);
const locate = (path: string, from: { readonly file: string }): string => join(dirname(from.file), path);

describe('the rules that ship', () => {
  it('check without an error or a warning', () => {
    expect(diagnostics).toEqual([]);
    expect(ruleset.signatures.length).toBeGreaterThanOrEqual(25);
  });

  it.each(ruleset.tests)('$name', async (test) => {
    expect(await runTest(ruleset, test, loadEngine, locate)).toEqual([]);
  });
});

describe('every signature', () => {
  it('has its own id, from 1000001 on', () => {
    const ids = ruleset.signatures.map((s) => s.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...ids)).toBe(1_000_001);
  });

  it.each(ruleset.signatures)('$name says who it is', (signature) => {
    expect(signature.title).not.toBe(signature.name);
    expect(signature.class).toMatch(/^(?:recon|evasion|exploit|worm|backdoor|dos|policy)$/);
    expect(signature.refs).not.toEqual([]);
    expect(signature.refs.find((ref) => ref.kind === 'cve' && !/^CVE-\d{4}-\d{4,}$/.test(ref.value))).toBeUndefined();
    expect(signature.log).toBe(true);
    expect(entriesOf(signature)).toMatch(/^ {2}severity +\w+$/m);
    expect(commentOf(signature)).toMatch(/^\/\/\/ /);
  });

  it('is expected by a test', () => {
    const expected = new Set(ruleset.tests.flatMap((test) => test.steps.flatMap(expectedBy)));
    expect(ruleset.signatures.filter((_, index) => !expected.has(index)).map((s) => s.name)).toEqual([]);
  });

  it('has a near miss among the packets that its file’s tests build: one that matches as soon as one part is given up', () => {
    const without = ruleset.signatures.filter((s) => !judged(s, weakened(s.when)).some((m) => m.nearMiss));
    expect(without.map((s) => s.name)).toEqual([]);
  });

  // A predicate's parts stand in many signatures; that one of them is tested is enough.
  it('has no part that the tests could do without: for each atom a near miss, for each branch a match by it alone', () => {
    const atoms = ruleset.signatures.flatMap((s) => judged(s, weakened(s.when)));
    const branches = ruleset.signatures.flatMap((s) => judged(s, narrowed(s.when)));
    const missed = new Set(atoms.filter((m) => m.nearMiss).map((m) => m.place));
    const needed = new Set(branches.filter((m) => m.lost).map((m) => m.place));
    expect(atoms.filter((m) => !missed.has(m.place)).map((m) => m.text)).toEqual([]);
    expect(branches.filter((m) => !needed.has(m.place)).map((m) => m.text)).toEqual([]);
  });
});

/** What stands between the braces of a signature. */
function entriesOf({ span }: Signature): string {
  const text = texts.get(span.file) ?? '';
  return text.slice(span.start, text.indexOf('\n}', span.start));
}

/** The lines directly above a signature. */
function commentOf({ span }: Signature): string {
  const above = (texts.get(span.file) ?? '').slice(0, span.start).split('\n').slice(0, -1);
  return above.slice(above.findLastIndex((line) => !line.startsWith('///')) + 1).join('\n');
}

function expectedBy(step: RulesetTest['steps'][number]): number[] {
  return step.kind === 'expect' ? step.expectation.signatures.map((s) => s.signature) : [];
}

/** The packets that the tests of a file build. Captures do not count: in enough traffic there is a near miss of everything. */
function builtPackets(file: string): Packet[] {
  const steps = ruleset.tests.filter((test) => test.span.file === file).flatMap((test) => test.steps);
  return steps.flatMap((step) =>
    step.kind === 'packet' ? [{ ...step, wireLength: step.bytes.length, time: 0n }] : [],
  );
}

interface Judged {
  /** Where the part stands, and the signature and the text of it for a message. */
  readonly place: string;
  readonly text: string;
  /** A packet matches the mutant and not the signature. */
  readonly nearMiss: boolean;
  /** A packet matches the signature and not the mutant. */
  readonly lost: boolean;
}

function judged(signature: Signature, mutants: readonly Mutant[]): Judged[] {
  const signatures = [signature, ...mutants.map(({ formula }) => ({ ...signature, when: formula }))];
  const judgements = loadEngine({ ...ruleset, signatures }).evaluate(builtPackets(signature.span.file));
  return mutants.map(({ part }, i) => {
    const { file, start, end } = spanOf(part);
    return {
      place: `${file}:${String(start)}-${String(end)}`,
      text: `${signature.name}: ${(texts.get(file) ?? '').slice(start, end)}`,
      nearMiss: judgements.some(({ matches }) => matches.includes(i + 1) && !matches.includes(0)),
      lost: judgements.some(({ matches }) => !matches.includes(i + 1) && matches.includes(0)),
    };
  });
}

/** Of what is put together, from its first atom to its last. */
function spanOf(part: Formula): Span {
  if (part.kind === 'Not') return spanOf(part.of);
  if (part.kind !== 'And' && part.kind !== 'Or') {
    if ('span' in part) return part.span;
    throw new Error('a constant is no part of a condition');
  }
  const [first, last] = [part.of[0], part.of.at(-1)];
  if (!first || !last) throw new Error('nothing is put together');
  return { ...spanOf(first), end: spanOf(last).end };
}
