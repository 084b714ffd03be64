/** Declarations in words: one line of a field, of a comment, of a value. */
import type { FieldDecl } from '../../../grammar/ast.js';

const MOST = 300;

/** Text on one line, cut where it is long. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line;
}

/** `u8`, `u4 >= 5`: a field's type; its constraint has no text of its own and is left out. */
export function fieldDetail({ type, flags }: FieldDecl): string {
  return flags ? `${type.text}: ${flags.map(({ name }) => name.text).join(' ')}` : type.text;
}

/** Bits that a type takes; nothing for a word that is none. */
export function bitsOf(type: string): number | undefined {
  const known: Readonly<Record<string, number>> = { addr4: 32, addr6: 128, mac: 48 };
  const width = /^u(\d{1,2})$/.exec(type)?.[1];
  return known[type] ?? (width === undefined ? undefined : Number(width));
}
