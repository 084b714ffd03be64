/** Formatting and code actions: edits of texts. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Action, codeActions } from '../../../editor/service/features/code-actions.js';
import { formatting } from '../../../editor/service/features/formatting.js';
import type { View } from '../../../editor/service/view.js';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import { format } from '../../../grammar/format.js';
import { runs } from '../../support/runs.js';
import { edited, MAIN, unmark, viewing } from './marked.js';

const MESSY =
  'const a={1,2}\nsignature s {\n id 1\n   title "x"   // why\n when tcp.dst_port in a and\n udp\n then log }\n';

describe('formatting', () => {
  it('gives the canonical form, as edits of white space alone', () => {
    const edits = formatting(MAIN, MESSY);
    expect(edited(MESSY, edits)).toBe(format(MAIN, MESSY).text);
    expect(edits.length).toBeGreaterThan(3);
    for (const { span, text } of edits) expect(MESSY.slice(span.start, span.end) + text).toMatch(/^\s*$/);
  });

  it('changes nothing where nothing is to be changed, or where the form has mistakes', () => {
    expect(formatting(MAIN, 'const a = 1\n')).toEqual([]);
    expect(formatting(MAIN, 'const   a = =')).toEqual([]);
    expect(formatting(MAIN, '')).toEqual([]);
  });

  it('of a stretch leaves the rest as it is', () => {
    const at = MESSY.indexOf('title');
    const changed = edited(MESSY, formatting(MAIN, MESSY, { start: at, end: at + 3 }));
    expect(changed).toBe(MESSY.replace('   title "x"', '  title "x"').replace('title "x"', 'title    "x"').replace('title    "x"', changed.slice(changed.indexOf('title'), changed.indexOf('"x"') + 3))); // prettier-ignore
    expect(changed.startsWith('const a={1,2}\nsignature s {\n id 1\n  title')).toBe(true);
  });

  it('of any text with any white space is the canonical form', () => {
    const folder = new URL('../../../rules/', import.meta.url);
    const texts = readdirSync(folder).filter((f) => f.endsWith('.sig')).map((f) => readFileSync(new URL(f, folder), 'utf8').slice(0, 3000).split('\n\nsignature')[0] ?? ''); // prettier-ignore
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(' ', '   ', '\t'), fc.nat(20), (text, by, every) => {
        let n = 0;
        const spaced = text.replace(/(?<=[{}]) /g, (space) => (n++ % (every + 1) === 0 ? by : space));
        const expected = format(MAIN, spaced).text;
        expect(edited(spaced, formatting(MAIN, spaced))).toBe(expected ?? spaced);
      }),
      { numRuns: runs(50) },
    );
  });
});

/** The actions at the mark, where these are the findings. */
function actions(
  marked: string,
  findings?: (text: string) => readonly Diagnostic[],
): { text: string; actions: readonly Action[] } {
  const { text, offset } = unmark(marked);
  const view: View = viewing(text);
  const told = findings ? { ...view, diagnostics: () => findings(text) } : view;
  return { text, actions: codeActions(told, MAIN, { start: offset, end: offset }) };
}

function applied(text: string, action: Action | undefined): string {
  return action?.kind === 'fix' ? edited(text, action.edits) : '';
}

describe('code actions', () => {
  it.each([
    [
      'a field',
      'signature s { id 1 when tcp.f<|>lgs has SYN then log }',
      'signature s { id 1 when tcp.flags has SYN then log }',
    ],
    [
      'a name',
      'const web = 1\nsignature s { id 1 when tcp.dst_port == we<|>bb then log }',
      'const web = 1\nsignature s { id 1 when tcp.dst_port == web then log }',
    ],
    [
      'a name behind an alias',
      'import "std/scans" as scans\nsignature s { id 1 when scans.nul_sc<|>an(tcp.flags) then log }',
      'import "std/scans" as scans\nsignature s { id 1 when scans.null_scan(tcp.flags) then log }',
    ],
    [
      'a word of the language',
      'signature s { id 1 severity hig<|>h_ when tcp then log }',
      'signature s { id 1 severity high when tcp then log }',
    ],
  ])('write what was meant: %s', (_, marked, expected) => {
    const { text, actions: offered } = actions(marked);
    expect(applied(text, offered[0])).toBe(expected);
    expect(offered[0]).toMatchObject({ isBest: true });
  });

  it('are the fixes of a finding, the best first, and only where it is', () => {
    const fix = (
      title: string,
      text: string,
    ): { title: string; edits: { span: { file: string; start: number; end: number }; text: string }[] } => ({
      title,
      edits: [{ span: { file: MAIN, start: 6, end: 7 }, text }],
    });
    const finding: Diagnostic = {
      code: 'X',
      severity: 'note',
      message: 'm',
      labels: [{ span: { file: MAIN, start: 6, end: 7 } }],
      fixes: [fix('b', 'b'), fix('c', 'c')],
    };
    const { text, actions: offered } = actions('const <|>a = 1', () => [finding]);
    expect(offered.map((a) => [a.title, applied(text, a)])).toEqual([['b', 'const b = 1'], ['c', 'const c = 1']]); // prettier-ignore
    expect(actions('<|>const a = 1', () => [finding]).actions).toEqual([]);
  });

  it('ignore a lint with a comment before its line, and lead to its page', () => {
    const lint = (text: string): readonly Diagnostic[] => [
      {
        code: 'some-lint',
        severity: 'warning',
        message: 'm',
        page: 'docs/lint/some-lint.md',
        labels: [{ span: { file: MAIN, start: text.indexOf('when'), end: text.length } }],
      },
    ];
    const { text, actions: offered } = actions('signature s {\n  id 1\n  when <|>tcp\n  then log\n}', lint);
    expect(applied(text, offered[0])).toBe(
      'signature s {\n  id 1\n  // sigward-ignore some-lint: \n  when tcp\n  then log\n}',
    );
    expect(offered[1]).toMatchObject({ kind: 'page', page: 'docs/lint/some-lint.md' });
  });

  it('leave findings without a fix alone', () => {
    expect(actions('signature s { id 1 when tcp.dst_port == 70<|>000 then log }').actions).toEqual([]);
  });
});
