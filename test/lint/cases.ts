/** What a lint finds, and what it lets be: by condition of a signature, or by whole texts. */
import { describe, expect, it } from 'vitest';
import { ALL_LINTS } from '../../compiler/lint/all.js';
import { lintSig, signatureWith } from './linted.js';

export interface Cases {
  /** A condition, or a text with `signature` in it, and the words that are pointed at. */
  readonly found?: readonly (readonly [text: string, ...words: readonly string[]])[];
  readonly silent?: readonly string[];
}

/** Declares the tests of a lint; findings of others do not count. */
export function judges(name: string, { found = [], silent = [] }: Cases): void {
  const levels = { [name]: 'warning' } as const;
  const wordsIn = (text: string): string[] => {
    const whole = /\b(?:signature|const|import)\s/.test(text) ? text : signatureWith(text);
    const findings = lintSig(whole, { levels }).filter(({ code }) => code === name);
    return findings.map(({ labels: [place] }) => whole.slice(place?.span.start, place?.span.end));
  };
  describe(name, () => {
    it('is a lint', () => {
      expect(ALL_LINTS.map((one) => one.name)).toContain(name);
    });
    if (found.length > 0)
      it.each(found.map(([text, ...words]) => ({ text, words })))('finds $words in $text', ({ text, words }) => {
        expect(wordsIn(text)).toEqual(words);
      });
    if (silent.length > 0)
      it.each(silent)('lets be: %s', (text) => {
        expect(wordsIn(text)).toEqual([]);
      });
  });
}
