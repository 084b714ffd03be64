/** What is to be handed over in the brackets, or written in the form, that is being filled in. */
import type { PredicateDecl } from '../../../grammar/ast.js';
import { READERS } from '../../../compiler/check/readers.js';
import { oneLine } from '../reading/source-text.js';
import { placeAfter } from '../reading/place.js';
import { pathEndingAt, type Word, wordsBefore } from '../reading/words.js';
import { partAt, type View } from '../view.js';

export interface Help {
  /** The whole form: `null_scan(flags)`, `count by KEY > NUMBER per TIME`. */
  readonly label: string;
  /** Its parts, as they stand in the label. */
  readonly parts: readonly string[];
  /** The part that is being written. */
  readonly active: number;
  readonly doc?: string;
}

/** Help at an offset; nothing outside of brackets and forms. */
export function signatureHelp(view: View, file: string, offset: number): Help | undefined {
  const source = view.file(file);
  const part = source && partAt(source, offset);
  if (!source || !part) return undefined;
  const { entry, written, words } = placeAfter(wordsBefore(source.text, part, offset), source.text);
  return bracketHelp(view, file, words) ?? formHelp(entry, written);
}

function bracketHelp(view: View, file: string, words: readonly Word[]): Help | undefined {
  const open = openBracket(words);
  const path = open === undefined ? [] : pathEndingAt(words, open - 1);
  const name = path.at(-1);
  if (open === undefined || name === undefined) return undefined;
  const active = commasBehind(words, open);
  if (path.length > 1 && READERS.includes(name)) return readerHelp(name, active);
  const decl = predicateNamed(view, file, path);
  if (!decl) return undefined;
  const parts = decl.params.map(({ text }) => text);
  const doc = decl.doc === undefined ? {} : { doc: oneLine(decl.doc) };
  return { label: `${name}(${parts.join(', ')})`, parts, active, ...doc };
}

/** `p`, or `lib.p` for one of an import with a name. */
function predicateNamed(view: View, file: string, path: readonly string[]): PredicateDecl | undefined {
  const scope = view.scope(file);
  const [first = '', second] = path;
  const names = second === undefined ? scope?.values : scope?.aliases.get(first)?.values;
  const decl = path.length <= 2 ? names?.get(second ?? first)?.decl : undefined;
  return decl?.kind === 'Predicate' ? decl : undefined;
}

/** The innermost bracket that is not closed; a brace around it ends the search. */
function openBracket(words: readonly Word[]): number | undefined {
  let closed = 0;
  for (let i = words.length - 1; i >= 0; i--) {
    const text = words[i]?.text ?? '';
    if (text === ')' || text === '}' || text === ']') closed++;
    if (text !== '(' && text !== '{' && text !== '[') continue;
    if (closed > 0) closed--;
    else return text === '(' ? i : undefined;
  }
  return undefined;
}

function commasBehind(words: readonly Word[], open: number): number {
  let [depth, commas] = [0, 0];
  for (const { text } of words.slice(open + 1)) {
    if (/^[({[]$/.test(text)) depth++;
    if (/^[)}\]]$/.test(text)) depth--;
    if (text === ',' && depth === 0) commas++;
  }
  return commas;
}

function readerHelp(name: string, active: number): Help {
  if (name === 'dec' || name === 'hex') {
    const doc = `the ${name === 'dec' ? 'decimal' : 'hexadecimal'} number in ASCII digits from the position on, so many digits at most`;
    return { label: `${name}(position, digits)`, parts: ['position', 'digits'], active, doc };
  }
  const bytes = Number(/\d+/.exec(name)?.[0] ?? '8') / 8;
  const order = bytes === 1 ? '' : `, the ${name.endsWith('le') ? 'least' : 'most'} significant first`;
  const doc = `the unsigned integer in ${bytes === 1 ? 'the byte at' : `${bytes} bytes from`} the position${bytes === 1 ? '' : ' on'}${order}; a negative constant counts from the end`;
  return { label: `${name}(position)`, parts: ['position'], active: 0, doc };
}

/** `count` and the actions that take something, word by word. */
function formHelp(entry: string | undefined, written: readonly Word[]): Help | undefined {
  if (entry === 'count') {
    const label = 'count by KEY, … > NUMBER per TIME';
    const doc =
      'with this packet, more than so many for which `when` holds and that agree in every key were seen within the time';
    return { label, parts: ['KEY, …', 'NUMBER', 'TIME'], active: countPart(written), doc };
  }
  if (entry !== 'then') return undefined;
  const from = written.findLastIndex(({ text }) => text === 'limit' || text === 'mark');
  const action = written[from]?.text;
  const rest = written.slice(from + 1);
  if (action === 'mark' && !rest.some(({ text }) => text === ',')) {
    const active = rest.some(({ text }) => text === '/') ? 1 : 0;
    const doc = 'the bits of the mask of the packet’s netfilter mark become those of the value; without a mask, all 32';
    return { label: 'mark VALUE/MASK', parts: ['VALUE', 'MASK'], active, doc };
  }
  if (action !== 'limit') return undefined;
  const at = rest.findLastIndex(({ text }) => text === 'per' || text === 'by');
  const active = at < 0 ? 0 : rest[at]?.text === 'per' ? 1 : 2;
  const doc = 'of the alerts that agree in every key, at most so many within the time; verdicts are not limited';
  return { label: 'limit NUMBER per TIME by KEY, …', parts: ['NUMBER', 'TIME', 'KEY, …'], active, doc };
}

function countPart(written: readonly Word[]): number {
  const at = written.findLastIndex(({ text }) => /^(?:by|per|>=?)$/.test(text));
  const text = written[at]?.text;
  return text === 'per' ? 2 : text === '>' || text === '>=' ? 1 : 0;
}
