/** Words of the author's own that signatures have used elsewhere: classes, tags, kinds of references. */
import type { Cursor } from './cursor.js';
import { type Item, item } from './items.js';

/** More files or signatures are not looked through: what is common stands among the first. */
const MOST_SIGNATURES = 2000;

/** Each word once, the most frequent first. */
export function usedWords({ view }: Cursor, key: 'class' | 'tags' | 'ref'): Item[] {
  const counts = new Map<string, number>(key === 'ref' ? ['cve', 'mitre', 'cert', 'url'].map((word) => [word, 0]) : []);
  let seen = 0;
  for (const name of view.names()) {
    for (const { tree } of view.file(name)?.parts ?? []) {
      for (const decl of tree.declarations) {
        if (decl.kind !== 'Signature' || seen++ > MOST_SIGNATURES) continue;
        for (const entry of decl.entries)
          for (const word of wordsIn(entry, key)) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
  }
  const isPlain = (word: string): boolean => /^[A-Za-z_]\w*$/.test(word);
  const words = [...counts].filter(([word]) => isPlain(word)).sort(([, a], [, b]) => b - a);
  return words.map(([word]) => item(word, 'word'));
}

type Entry = Extract<
  NonNullable<ReturnType<Cursor['view']['file']>>['parts'][number]['tree']['declarations'][number],
  { kind: 'Signature' }
>['entries'][number];

function wordsIn(entry: Entry, key: 'class' | 'tags' | 'ref'): readonly string[] {
  if (entry.kind === 'Class' && key === 'class') return [entry.value.text];
  if (entry.kind === 'Tags' && key === 'tags') return entry.values.map(({ text }) => text);
  return entry.kind === 'Ref' && key === 'ref' && entry.type ? [entry.type.text] : [];
}
