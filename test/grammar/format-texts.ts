/** Texts for tests of the formatter: files of the repository with other white space and further comments. */
import fc from 'fast-check';
import { isClean } from '../../grammar/diagnostic.js';
import { parse } from '../../grammar/parse.js';
import { lexer } from '../../grammar/tokens.js';
import { corpus } from '../properties/texts.js';

/** Those that have no mistakes in their form. */
export const clean: readonly string[] = corpus.filter((text) => isClean(parse('f.sig', text).diagnostics));

/** A stretch of a file from one declaration to another: shrinks to what matters. */
const stretch: fc.Arbitrary<string> = fc.constantFrom(...clean).chain((text) => {
  const starts = [0, ...parse('f.sig', text).tree.declarations.map((d) => d.span.start), text.length];
  return fc.tuple(fc.nat(starts.length - 1), fc.nat(6)).map(([from, count]) => {
    return text.slice(starts[from], starts[Math.min(from + count, starts.length - 1)]);
  });
});

const GAPS = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '\n\n\n  ',
  '\r\n',
  ' // why\n',
  '\n// above  \n',
  '\n\n/// of it\n',
  '\n\n// a\n\n// b\n\n',
];

/** Such a stretch with some of the white space between its words replaced. */
export const scrambled: fc.Arbitrary<string> = fc
  .tuple(stretch, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...GAPS)), { maxLength: 12 }))
  .map(([text, gaps]) => {
    const { tokens } = lexer.tokenize(text);
    const places = new Map(gaps.map(([at, gap]) => [tokens[at % Math.max(1, tokens.length)]?.startOffset, gap]));
    const pieces = tokens.map(({ startOffset, image }, i) => {
      const before = tokens[i - 1];
      const behind = before ? before.startOffset + before.image.length : 0;
      return (places.get(startOffset) ?? '') + text.slice(behind, startOffset) + image;
    });
    return `${pieces.join('')}\n`;
  });

/** A value without the places where it stood; big integers as text, maps as lists. */
export function withoutPlaces(value: unknown): unknown {
  if (value instanceof Map) return withoutPlaces([...value]);
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const places = ['span', 'body', 'comments', 'text'];
  const entries = Object.entries(value).filter(([key, inner]) => !places.includes(key) || isCondition(key, inner));
  const own = 'text' in value && !('declarations' in value) ? { text: value.text } : {};
  return { ...own, ...Object.fromEntries(entries.map(([key, inner]) => [key, withoutPlaces(inner)])) };
}

/** The body of a predicate is no place, that of a module is one. */
function isCondition(key: string, inner: unknown): boolean {
  return key === 'body' && typeof inner === 'object' && inner !== null && 'kind' in inner;
}
