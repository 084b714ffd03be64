/** Semantic tokens and signature help. */
import { describe, expect, it } from 'vitest';
import { semanticTokens, TOKEN_MODIFIERS } from '../../../editor/service/features/semantic-tokens.js';
import { signatureHelp } from '../../../editor/service/features/signature-help.js';
import { at, MAIN, viewing } from './marked.js';

const TEXT = `//! A file.
import "std/scans" as scans
const web = { 80, 443 } // ports
predicate p(port) = port in web
signature s {
  id   1
  let  n = payload.u16(0)
  when p(tcp.dst_port) and tcp.flags has SYN and icmp.id == n and scans.null_scan(tcp.flags)
  then log
}
`;

describe('semantic tokens', () => {
  const tokens = semanticTokens(viewing(TEXT), MAIN, { start: 0, end: TEXT.length });
  const kinds = tokens.map(({ start, end, type, modifiers }) => {
    const flags = TOKEN_MODIFIERS.filter((_, bit) => modifiers & (1 << bit));
    return `${TEXT.slice(start, end)} ${[type, ...flags].join(' ')}`;
  });

  it.each([
    'import keyword',
    'scans namespace declaration',
    'const keyword',
    'web variable declaration readonly',
    '80 number',
    'p function declaration',
    'port parameter declaration',
    'port parameter',
    'web variable readonly',
    's event declaration',
    'id keyword',
    'n variable declaration readonly',
    'payload macro defaultLibrary',
    'u16 macro defaultLibrary',
    'tcp class defaultLibrary',
    'dst_port property defaultLibrary',
    'SYN enumMember defaultLibrary',
    'id property defaultLibrary',
    'null_scan function defaultLibrary',
    'log keyword',
  ])('say what each word is: %s', (expected) => {
    if (expected === 'log keyword') expect(kinds.join('\n')).toMatch(/^log (keyword|macro)/m);
    else expect(kinds).toContain(expected);
  });

  it('leave strings and comments to the grammar, which colours escapes', () => {
    expect(kinds.filter((one) => /^["/]/.test(one))).toEqual([]);
  });

  it('are in order, do not overlap, and stay within a line', () => {
    for (const [i, { start, end }] of tokens.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(TEXT.slice(start, end)).not.toContain('\n');
      expect(start).toBeGreaterThanOrEqual(tokens[i - 1]?.end ?? 0);
    }
  });

  it('of a stretch are those that touch it', () => {
    const start = TEXT.indexOf('predicate');
    const some = semanticTokens(viewing(TEXT), MAIN, { start, end: start + 12 });
    expect(some.map((token) => TEXT.slice(token.start, token.end))).toEqual(['predicate', 'p']);
  });
});

/** The part of the form that is being written, in its brackets. */
function help(marked: string): string | undefined {
  const { view, offset } = at(marked);
  const found = signatureHelp(view, MAIN, offset);
  const active = found?.parts[found.active];
  return found && (active === undefined ? found.label : found.label.replace(active, `[${active}]`));
}

describe('signature help', () => {
  const start = 'import "std/scans"\npredicate two(a, b) = a == b\nsignature s { id 1 ';
  it.each([
    ['when two(<|>', 'two([a], b)'],
    ['when two(tcp.dst_port, <|>', 'two(a, [b])'],
    ['when two((1 + 2), tcp.options.<|>', 'two(a, [b])'],
    ['when null_scan(<|>tcp.flags) then log }', 'null_scan([flags])'],
    ['when payload.u16(<|>', 'u16([position])'],
    ['when payload.dec(x.end, <|>', 'dec(position, [digits])'],
    ['when udp.payload.u24le(<|>', 'u24le([position])'],
    ['when tcp count by <|>', 'count by [KEY, …] > NUMBER per TIME'],
    ['when tcp count by ip.src > <|>', 'count by KEY, … > [NUMBER] per TIME'],
    ['when tcp count > 5 per <|>', 'count by KEY, … > NUMBER per [TIME]'],
    ['when tcp then log, limit <|>', 'limit [NUMBER] per TIME by KEY, …'],
    ['when tcp then log, limit 1 per 1m by <|>', 'limit NUMBER per TIME by [KEY, …]'],
    ['when tcp then mark 5/<|>', 'mark VALUE/[MASK]'],
  ])('says what is to be written: %s', (marked, expected) => {
    expect(help(start + marked)).toBe(expected);
  });

  it.each(['when two(1, 2) <|>', 'when (<|>', 'when nothing(<|>', 'when tcp then <|>', 'severity <|>'])(
    'is silent elsewhere: %s',
    (marked) => {
      expect(help(start + marked)).toBeUndefined();
    },
  );
});
