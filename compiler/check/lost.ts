/** Names that a text may declare where the parser could not read it: what seems unknown may only be unreadable. */

const DECLARING =
  /(?:\b(?:const|param|predicate|header|view|signature|module|policy|let)\s+(\w+)\b|\bimport\b[^\n]*\bas\s+(\w+)\b)(?<!\/\/[^\n]*)/g;

/** What looks like a declaration in a text, comments left out. */
export function namesLost(text: string): string[] {
  return [...text.matchAll(DECLARING)].flatMap(([, name, alias]) => name ?? alias ?? []);
}
