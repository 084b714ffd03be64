const SIGN = '&#\\d+;';
const ATTRIBUTES = `(?: [\\w:-]+="(?:[^"<&]|${SIGN})*")*`;

/** An element without elements in it. */
const INNERMOST = new RegExp(`<([a-z]+)${ATTRIBUTES}(?:/>|>(?:[^<>&]|${SIGN})*</\\1>)`, 'g');
const ATTRIBUTE_TWICE = /<[^>]* ([\w:-]+)="[^"]*"[^>]* \1="/;

/** Whether a text is one `svg` element: tags closed in order, signs escaped, no attribute twice. */
export function wellFormed(text: string): boolean {
  if (text.match(/<svg /g)?.length !== 1 || !text.startsWith('<svg ') || ATTRIBUTE_TWICE.test(text)) return false;
  let [before, rest] = ['', text];
  while (rest !== before) [before, rest] = [rest, rest.replace(INNERMOST, '')];
  return rest.trim() === '';
}
