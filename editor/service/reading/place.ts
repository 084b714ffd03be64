/** Where in a declaration the cursor stands, told from the words before it alone. */
import { DECLARATION_WORDS, POLICY_WORDS, SIGNATURE_WORDS, STEP_WORDS } from '../../../grammar/tokens.js';
import { type Before, endsOperand, isModuleBrace, isString, isWord, pathEndingAt, type Word } from './words.js';

/** What the innermost open brace holds. */
export type Frame =
  | {
      readonly kind:
        | 'file'
        | 'signature'
        | 'test'
        | 'policy'
        | 'header'
        | 'view'
        | 'meta'
        | 'packet'
        | 'set'
        | 'flags'
        | 'list'
        | 'fields';
    }
  /** The fields of one header of a test's packet, and how the header is called. */
  | { readonly kind: 'packetHeader'; readonly path: readonly string[] };

/** What stands before the cursor, without the word that is being typed. */
export interface Place {
  readonly frame: Frame;
  /** The word that the declaration around begins with, where there is one. */
  readonly declaration: string | undefined;
  /** The name that is declared. */
  readonly name: string | undefined;
  /** The key or step that is being written: `when`, `ref`, `expect`. */
  readonly entry: string | undefined;
  /** What has been written of that entry, its first word left out; of the whole frame where there is none. */
  readonly written: readonly Word[];
  /** All words of the declaration up to the cursor. */
  readonly words: readonly Word[];
  /** The module that the declaration stands in. */
  readonly module: string | undefined;
  /** Whether the cursor stands on a later line than the last word. */
  readonly isNewLine: boolean;
}

const DECLARING = new Set<string>(DECLARATION_WORDS);
/** Declarations that end with a brace of their own. */
const BLOCKS = ['signature', 'test', 'header', 'view', 'policy'] as const;

/** The place behind the last of the words, which begin at a border of declarations; `text` is what they are part of. */
export function placeAfter({ words: all, module, end }: Before, text: string): Place {
  const begin = all.findLastIndex((word, i) => isModuleBrace(word) || startsDeclaration(all, i, text));
  // Behind a brace of a module nothing has begun.
  const isBegun = begin >= 0 && all[begin] !== undefined && !isModuleBrace(all[begin]);
  const words = begin < 0 ? all : all.slice(isBegun ? begin : begin + 1);
  const [first, second] = words;
  const declaration = isBegun ? first?.text : undefined;
  const frames = openFrames(words, declaration);
  const { frame, from } = frames.at(-1) ?? { frame: { kind: 'file' } as const, from: 0 };
  const inside = words.slice(from);
  const entryAt = lastEntry(inside, frame, text);
  const last = words.at(-1);
  return {
    frame,
    declaration: frame.kind === 'file' && isComplete(words, declaration) ? undefined : declaration,
    name: declaration !== undefined && second && isWord(second) ? second.text : undefined,
    entry: inside[entryAt]?.text,
    written: inside.slice(entryAt + 1),
    words,
    module,
    isNewLine: last !== undefined && text.slice(last.end, end).includes('\n'),
  };
}

/** At the beginning of a line, or of the text, or behind the closing brace of the one before or the opening one of a module. */
function startsDeclaration(words: readonly Word[], i: number, text: string): boolean {
  const [before, word, next] = [words[i - 1], words[i], words[i + 1]];
  if (!word || !DECLARING.has(word.text)) return false;
  if (before && !isLineBetween(before, word, text) && before.text !== '}' && !isModuleBrace(before)) return false;
  return word.text === 'import' || word.text === 'test' ? !next || isString(next) : !next || isWord(next);
}

function isLineBetween(before: Word, word: Word, text: string): boolean {
  return text.slice(before.end, word.start).includes('\n');
}

function blockOf(declaration: string | undefined): (typeof BLOCKS)[number] | undefined {
  return BLOCKS.find((block) => block === declaration);
}

/** Blocks end with their brace; after it a new declaration may begin. */
function isComplete(words: readonly Word[], declaration: string | undefined): boolean {
  return blockOf(declaration) !== undefined && words.at(-1)?.text === '}';
}

interface Open {
  readonly frame: Frame;
  /** The first word inside. */
  readonly from: number;
}

function openFrames(words: readonly Word[], declaration: string | undefined): readonly Open[] {
  const open: Open[] = [];
  for (const [i, { text }] of words.entries()) {
    if (text === '{') open.push({ frame: frameAt(words, i, open.at(-1)?.frame, declaration), from: i + 1 });
    if (text === '}') open.pop();
  }
  return open;
}

function frameAt(words: readonly Word[], i: number, around: Frame | undefined, declaration: string | undefined): Frame {
  const before = words[i - 1];
  if (!around) return { kind: blockOf(declaration) ?? 'set' };
  switch (around.kind) {
    case 'signature':
      return { kind: before?.text === 'meta' ? 'meta' : 'set' };
    case 'test':
      return { kind: before?.text === 'packet' ? 'packet' : 'set' };
    case 'packet':
      return { kind: 'packetHeader', path: pathEndingAt(words, i - 1) };
    case 'header':
      return {
        kind:
          words.slice(0, i).findLast(({ text }) => text === 'until' || text === ':')?.text === 'until'
            ? 'list'
            : 'flags',
      };
    case 'list':
      return { kind: 'fields' };
    default:
      return { kind: 'set' };
  }
}

const ENTRIES: Readonly<Partial<Record<Frame['kind'], ReadonlySet<string>>>> = {
  signature: new Set(SIGNATURE_WORDS),
  test: new Set(STEP_WORDS),
  policy: new Set(POLICY_WORDS),
};

/**
 * The last word that begins a key, a step or a line of a policy: it stands behind something complete, so it is no name in an expression;
 * or what stands before it was not finished, and it begins a line.
 */
function lastEntry(inside: readonly Word[], frame: Frame, text: string): number {
  const entries = ENTRIES[frame.kind];
  if (!entries) return -1;
  let depth = 0;
  let last = -1;
  for (const [i, word] of inside.entries()) {
    if (/^[{([]$/.test(word.text)) depth++;
    if (/^[})\]]$/.test(word.text)) depth--;
    const before = inside[i - 1];
    const begins = !before || isNewLine(before, word, text) || (endsOperand(before) && i - 1 !== last);
    if (depth === 0 && entries.has(word.text) && begins) last = i;
  }
  return last;
}

/** A dot may stand at the end of a line. */
function isNewLine(before: Word, word: Word, text: string): boolean {
  return before.text !== '.' && isLineBetween(before, word, text);
}

/** Whether what is written so far asks for an operand next, and not for an operator or something new. */
export function wantsOperand(written: readonly Word[]): boolean {
  const last = written.at(-1);
  return !last || !endsOperand(last);
}

/** In `{ name value name value }`: the name whose value is being written, or nothing where a name comes next. */
export function assignedName(written: readonly Word[]): string | undefined {
  let name: string | undefined;
  let hasValue = false;
  let depth = 0;
  for (const [i, word] of written.entries()) {
    const before = written[i - 1];
    const joins = before !== undefined && (!endsOperand(before) || /^[.([]$/.test(word.text) || !startsOperand(word));
    if (/^[{([]$/.test(word.text)) depth++;
    if (depth === 0 && name === undefined) name = word.text;
    else if (depth === 0 && hasValue && !joins) [name, hasValue] = [word.text, false];
    else hasValue = true;
    if (/^[})\]]$/.test(word.text)) depth--;
  }
  const last = written.at(-1);
  return hasValue && last && endsOperand(last) ? undefined : name;
}

function startsOperand(word: Word): boolean {
  return isWord(word) ? endsOperand(word) || word.text === 'not' : /^[\d"'({~:-]|^hex"/.test(word.text);
}
