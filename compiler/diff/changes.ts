/** What two signatures say of themselves and do, where that differs. */
import type { Module, Signature } from '../ruleset.js';
import { countText, durationText } from '../explain/count-text.js';
import type { Words } from '../explain/words.js';

/** A key of a signature that has another value. Empty is: none. */
export interface Change {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** It changes what is said of a match, and not what becomes of packets. */
  readonly isWords: boolean;
}

/** What differs, in the order of the language's keys. `words` are those of each side. */
export function changesIn(
  before: Signature,
  after: Signature,
  words: { readonly old: Said; readonly new: Said },
): Change[] {
  const [from, to] = [entriesOf(before, words.old), entriesOf(after, words.new)];
  const keys = [...new Set([...from.keys(), ...to.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [from.get(key), to.get(key)];
    if (a?.text === b?.text) return [];
    return [{ key, from: a?.text ?? '', to: b?.text ?? '', isWords: (a ?? b)?.isWords === true }];
  });
}

/** How the parts of a signature are said: the words, and the modules that it may name. */
export interface Said extends Words {
  readonly modules: readonly Module[];
}

interface Entry {
  readonly text: string;
  readonly isWords: boolean;
}

function entriesOf(signature: Signature, words: Said): Map<string, Entry> {
  const said: (readonly [string, string])[] = [
    ['name', signature.name],
    ['id', signature.id === 0 ? '' : `${signature.id}`],
    ['rev', `${signature.rev}`],
    ['title', signature.title],
    ['severity', signature.severity],
    ['class', signature.class],
    ['ref', signature.refs.map(({ kind, value }) => `${kind} ${value}`).join(', ')],
    ['tags', signature.tags.join(', ')],
    // What comes of these is what signatures match, which is compared: a module may be called otherwise.
    ['module', words.modules[signature.module ?? -1]?.name ?? ''],
    ['forward', (signature.forward ?? []).map((module) => words.modules[module]?.name ?? '?').join(', ')],
    ...Object.entries(signature.meta).map(([key, value]) => [`meta ${key}`, value] as const),
  ];
  const done: (readonly [string, string])[] = [
    ['count', signature.count ? countText(signature.count, words).slice('count '.length) : ''],
    ['log', signature.log ? 'log' : ''],
    ['verdict', signature.verdict],
    ['limit', limitText(signature, words)],
    ['mark', markText(signature)],
    ['delay', signature.delay === undefined ? '' : durationText(signature.delay)],
  ];
  return new Map<string, Entry>([
    ...said.map(([key, text]) => [key, { text, isWords: true }] as const),
    ...done.map(([key, text]) => [key, { text, isWords: false }] as const),
  ]);
}

function limitText({ limit }: Signature, words: Words): string {
  if (!limit) return '';
  const { by, most: more, nanoseconds } = limit;
  return countText({ by, more, nanoseconds }, words).replace(/^count(.*) > (\d+) per (\S+)$/, '$2 per $3$1');
}

function markText({ mark }: Signature): string {
  return mark ? `0x${mark.value.toString(16)}/0x${mark.mask.toString(16)}` : '';
}
