/** The rules that ship: they check without a warning, their tests pass, and each signature is described and tested. */
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import type { RulesetTest, Signature } from '../../compiler/ruleset.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { coverage } from '../../runtime/testing/coverage.js';
import { runTest } from '../../runtime/testing/run-test.js';

const { ruleset, diagnostics, texts, roots } = loadRules(['rules']);
const locate = (path: string, from: { readonly file: string }): string => join(dirname(from.file), path);

describe('the rules that ship', () => {
  it('check without an error or a warning', () => {
    expect(diagnostics).toEqual([]);
    expect(ruleset.signatures.length).toBeGreaterThanOrEqual(300);
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

  it('has no part that the tests could do without: for each atom a near miss, for each branch a match by it alone', () => {
    const { gaps, signatures } = coverage(ruleset, new Set(roots));
    expect(signatures).toBe(ruleset.signatures.length);
    const missing = gaps.map(({ signature, span, missing }) => {
      return `${signature.name}: ${missing}: ${(texts.get(span.file) ?? '').slice(span.start, span.end)}`;
    });
    expect(missing).toEqual([]);
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
