/** What may stand at a place of a text that is being written. */
import { VERDICTS } from '../../../compiler/ruleset.js';
import { DECLARATION_WORDS, MODULE_WORDS, STEP_WORDS } from '../../../grammar/tokens.js';
import { namesHere } from '../reading/names-here.js';
import { assignedName, placeAfter, wantsOperand } from '../reading/place.js';
import {
  type Before,
  endsOperand,
  isString,
  isWord,
  pathEndingAt,
  type Word,
  wordsBefore,
  wordsOf,
} from '../reading/words.js';
import { partAt, type Stretch, type View } from '../view.js';
import { conditionItems } from './completion/conditions.js';
import type { Cursor } from './completion/cursor.js';
import { headerFieldItems, headerItems } from './completion/headers.js';
import { type Item, item, keywords } from './completion/items.js';
import { fieldItems, memberItems, packetItems } from './completion/members.js';
import { nameItems } from './completion/names.js';
import { besideItems, pathItems } from './completion/paths.js';
import { policyItems } from './completion/policies.js';
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
  const start = typed?.start ?? offset;
  const before = wordsBefore(source.text, part, start);
  const cursor = { view, file, text: source.text, offset, place: placeAfter(before, source.text) };
  const replaces = { start, end: endOfWord(source.text, offset) };
  return { items: distinct(itemsAt(cursor, before)), replaces };
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

function itemsAt(cursor: Cursor, before: Before): Item[] {
  const { words } = before;
  if (words.at(-1)?.text === '.') return behindDot(cursor, before, pathEndingAt(words, words.length - 2));
  const names = namesHere(cursor.place);
  const more = itemsIn(cursor);
  return names.length > 0 ? [...nameItems(cursor, names), ...more] : more;
}

/** Members of what the path is; where a module, signature or policy is to be named, those of the import. */
function behindDot(cursor: Cursor, { words, module, end }: Before, path: readonly string[]): Item[] {
  const [first, earlier] = [words.at(-2 * path.length), words.slice(0, -2 * path.length)];
  const place = placeAfter({ words: earlier, module, end: first?.start ?? end }, cursor.text);
  const names = path.length === 0 ? [] : namesHere(place);
  return names.length > 0 ? nameItems(cursor, names, path) : memberItems(cursor, path);
}

/** What may stand at a place beside names of modules, signatures and policies. */
function itemsIn(cursor: Cursor): Item[] {
  const { place } = cursor;
  switch (place.frame.kind) {
    case 'file':
      return fileItems(cursor);
    case 'signature':
      return signatureItems(cursor);
    case 'test':
      return testItems(cursor);
    case 'policy':
      return policyItems(cursor);
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
  const { declaration, words, name, module } = cursor.place;
  const declarations = keywords(module === undefined ? DECLARATION_WORDS : MODULE_WORDS);
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
    case 'module':
      return name === undefined ? [] : moduleItems(cursor);
    case 'test':
      return isString(last) ? keywords(['under']) : [];
    default:
      return [];
  }
}

/** Between a module's name and its brace: its parent, then its switch. */
function moduleItems(cursor: Cursor): Item[] {
  const { words } = cursor.place;
  const on = words.findIndex(({ text }) => text === 'on');
  if (on >= 0) return conditionItems(cursor, words.slice(on + 1));
  if (words.length === 2) return keywords(['in', 'on']);
  return words.length > 3 ? keywords(['on']) : [];
}

// Tests --------------------------------------------------------------------------------------------------------------

function testItems(cursor: Cursor): Item[] {
  const { entry, written } = cursor.place;
  const steps = keywords(STEP_WORDS);
  const last = written.at(-1);
  if (entry === 'under' && !last) return [];
  if (entry !== 'expect') return !entry || last ? steps : [];
  if (last?.text === 'verdict') return VERDICTS.map((word) => item(word, 'keyword', 'verdict'));
  if (last && last.text !== ',') return steps;
  return keywords(last ? ['verdict'] : ['none', 'verdict']);
}
