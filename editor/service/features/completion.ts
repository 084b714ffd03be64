/** What may stand at a place of a text that is being written. */
import { VERDICTS } from '../../../compiler/ruleset.js';
import { DECLARATION_WORDS, STEP_WORDS } from '../../../grammar/tokens.js';
import { assignedName, placeAfter, wantsOperand } from '../reading/place.js';
import { endsOperand, isString, isWord, pathEndingAt, type Word, wordsOf } from '../reading/words.js';
import { partAt, type Stretch, type View } from '../view.js';
import { conditionItems } from './completion/conditions.js';
import type { Cursor } from './completion/cursor.js';
import { headerFieldItems, headerItems } from './completion/headers.js';
import { type Item, item, keywords } from './completion/items.js';
import { fieldItems, memberItems, packetItems } from './completion/members.js';
import { besideItems, pathItems } from './completion/paths.js';
import { signatureItems } from './completion/signatures.js';
import { valueItems } from './completion/values.js';

/** What may be written, and which stretch of the text it takes the place of. */
export interface Completion {
  readonly items: readonly Item[];
  readonly replaces: Stretch;
}

/** The proposals at an offset; editors narrow them down by the letters that are typed already. */
export function completion(view: View, file: string, offset: number): Completion {
  const source = view.file(file);
  const part = source && partAt(source, offset);
  const nothing = { items: [], replaces: { start: offset, end: offset } };
  if (!part || isInComment(source.text, offset)) return nothing;
  const all = wordsOf(source.text.slice(part.start, offset), part.start);
  const last = all.at(-1);
  if (last && isOpenString(last, offset)) return stringItems(view, file, all, last, offset);
  const touched = last?.end === offset ? last : undefined;
  // A number that is being typed is nobody's beginning.
  if (touched && /^\d/.test(touched.text)) return nothing;
  const typed = touched && isWord(touched) ? touched : undefined;
  const words = typed ? all.slice(0, -1) : all;
  const cursor = { view, file, text: source.text, offset, place: placeAfter(words, source.text) };
  const replaces = { start: typed?.start ?? offset, end: endOfWord(source.text, offset) };
  return { items: distinct(itemsAt(cursor, words)), replaces };
}

function endOfWord(text: string, offset: number): number {
  return offset + (/^\w*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
}

/** The same word may mean several things; the first is the nearest. */
function distinct(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({ label }) => !seen.has(label) && seen.add(label));
}

function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  // Strings may hold slashes: they are taken out first.
  return line
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/"(?:[^"\\]|\\.)*$/, '"')
    .includes('//');
}

function isOpenString(word: Word, offset: number): boolean {
  return word.type === 'UnterminatedString' && offset <= word.end;
}

/** What may be named behind a word: lists have any ending but that of rules. */
const ENDINGS: ReadonlyMap<string, RegExp> = new Map([
  ['file', /^(?!.*\.(?:sigc?|toml|pcap|pcapng|cap)$)/i],
  ['pcap', /\.(?:pcap|pcapng|cap)$/i],
]);

function stringItems(view: View, file: string, all: readonly Word[], open: Word, offset: number): Completion {
  const [before, earlier] = [all.at(-2), all.at(-3)];
  const isImport = before?.text === 'import' && earlier?.text !== '.';
  const names = earlier?.text === '.' ? undefined : ENDINGS.get(before?.text ?? '');
  const start = open.start + 1;
  const line = view.file(file)?.text.slice(offset) ?? '';
  const rest = /^[^"\r\n]*/.exec(line)?.[0] ?? '';
  const closes = line.charAt(rest.length) === '"';
  const replaces = { start, end: closes ? offset + rest.length : offset };
  if (isImport) return { items: pathItems(view, file), replaces };
  return { items: names ? besideItems(view, file, names) : [], replaces };
}

function itemsAt(cursor: Cursor, words: readonly Word[]): Item[] {
  const { place } = cursor;
  if (words.at(-1)?.text === '.') return memberItems(cursor, pathEndingAt(words, words.length - 2));
  switch (place.frame.kind) {
    case 'file':
      return fileItems(cursor);
    case 'signature':
      return signatureItems(cursor);
    case 'test':
      return testItems(cursor);
    case 'packet':
      return packetItems(cursor);
    case 'packetHeader':
      return assigned(cursor, place.frame.path);
    case 'header':
    case 'list':
    case 'fields':
      return headerItems(cursor);
    case 'view':
      return headerFieldItems(cursor);
    case 'set':
      return wantsOperand(place.words) ? valueItems(cursor, place.words) : [];
    case 'meta':
    case 'flags':
      return [];
  }
}

function assigned(cursor: Cursor, path: readonly string[]): Item[] {
  const { written } = cursor.place;
  const name = assignedName(written);
  if (name === undefined) return fieldItems(cursor, path);
  return valueItems(cursor, written, [...path, name]);
}

// Declarations -------------------------------------------------------------------------------------------------------

function fileItems(cursor: Cursor): Item[] {
  const { declaration, words, name } = cursor.place;
  const declarations = keywords(DECLARATION_WORDS.filter((word) => word !== 'module' && word !== 'policy'));
  const last = words.at(-1);
  if (declaration === undefined || !last) return declarations;
  const isNewLine = cursor.text.slice(last.end, cursor.offset).includes('\n');
  switch (declaration) {
    case 'import':
      return isString(last) ? [...keywords(['as']), ...(isNewLine ? declarations : [])] : [];
    case 'const':
    case 'param':
    case 'predicate': {
      if (!words.some(({ text }) => text === '=')) return [];
      const value = words.slice(words.findIndex(({ text }) => text === '=') + 1);
      return [...conditionItems(cursor, value), ...(isNewLine && endsOperand(last) ? declarations : [])];
    }
    case 'space':
      return last.text === ':' ? keywords(['u8', 'u16', 'u32'], 'type') : isNewLine ? declarations : [];
    case 'header':
    case 'view':
      return name === undefined ? [] : headerItems(cursor);
    default:
      return [];
  }
}

// Tests --------------------------------------------------------------------------------------------------------------

function testItems(cursor: Cursor): Item[] {
  const { entry, written } = cursor.place;
  const steps = keywords(STEP_WORDS.filter((word) => word !== 'under'));
  const last = written.at(-1);
  if (entry !== 'expect') return !entry || last ? steps : [];
  if (last?.text === 'verdict') return VERDICTS.map((word) => item(word, 'keyword', 'verdict'));
  if (last && last.text !== ',') return steps;
  const scope = cursor.view.scope(cursor.file);
  const signatures = [...(scope?.signatures ?? [])].map(([name, { decl, file }]) => {
    const title = decl.entries.find((e) => e.kind === 'Title');
    return item(name, 'signature', title?.value.text ?? file);
  });
  return [...signatures, ...keywords(last ? ['verdict'] : ['none', 'verdict'])];
}
