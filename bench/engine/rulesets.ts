/** Rulesets that engines are measured with, by their text. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '../../cli/load.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { isClean } from '../../grammar/diagnostic.js';
import type { BenchLiteral } from '../search/candidate.js';

/** A signature for each literal: it stands anywhere in what TCP or UDP carries. */
export function literalRules(literals: readonly BenchLiteral[]): string {
  return literals
    .map(({ bytes, nocase }, index) => {
      const contains = `payload contains ${textOf(bytes)}${nocase ? ' nocase' : ''}`;
      return `signature literal${index} { id ${index + 1} when (tcp or udp) and ${contains} then log }\n`;
    })
    .join('');
}

const PRINTABLE = /[ !#-[\]-~]/;

/** The bytes as a string of the language; what cannot be typed stands there by its number. */
function textOf(bytes: Uint8Array): string {
  const signs = Array.from(bytes, (byte) => {
    const sign = String.fromCharCode(byte);
    return PRINTABLE.test(sign) ? sign : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${signs.join('')}"`;
}

/**
 * Reads and checks a ruleset as the program does, from a file that is written to `folder`.
 *
 * @throws Error where it is no valid ruleset: then what makes it is wrong
 */
export function rulesetOf(text: string, folder: string): Ruleset {
  const path = join(folder, 'rules.sig');
  writeFileSync(path, text);
  const { ruleset, diagnostics } = loadRules([path]);
  const wrong = diagnostics.find((diagnostic) => !isClean([diagnostic]));
  if (wrong) throw new Error(`made a wrong ruleset: ${wrong.message}`);
  return ruleset;
}
