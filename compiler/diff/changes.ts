/** What two signatures say of themselves and do, where that differs. */
import type { Signature } from '../ruleset.js';
import { countText } from '../explain/count-text.js';
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
  words: { readonly old: Words; readonly new: Words },
): Change[] {
  const [from, to] = [entriesOf(before, words.old), entriesOf(after, words.new)];
  const keys = [...new Set([...from.keys(), ...to.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [from.get(key), to.get(key)];
    if (a?.text === b?.text) return [];
    return [{ key, from: a?.text ?? '', to: b?.text ?? '', isWords: (a ?? b)?.isWords === true }];
  });
}

interface Entry {
  readonly text: string;
  readonly isWords: boolean;
}

function entriesOf(signature: Signature, words: Words): Map<string, Entry> {
  const said: (readonly [string, string])[] = [
    ['name', signature.name],
    ['id', signature.id === 0 ? '' : `${signature.id}`],
    ['rev', `${signature.rev}`],
    ['title', signature.title],
    ['severity', signature.severity],
    ['class', signature.class],
    ['ref', signature.refs.map(({ kind, value }) => `${kind} ${value}`).join(', ')],
    ['tags', signature.tags.join(', ')],
    ...Object.entries(signature.meta).map(([key, value]) => [`meta ${key}`, value] as const),
  ];
  const done: (readonly [string, string])[] = [
    ['count', signature.count ? countText(signature.count, words).slice('count '.length) : ''],
    ['log', signature.log ? 'log' : ''],
    ['verdict', signature.verdict],
    ['limit', limitText(signature, words)],
    ['mark', markText(signature)],
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
