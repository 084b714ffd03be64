/** The beginnings of patterns as a tree: what the automaton is made from. */
import { LOWER } from '../logic/fold.js';
import type { Pattern } from './patterns.js';

/** A tree of states in arrays; 0 is the root, and a state's number is above its parent's. */
export interface Trie {
  readonly size: number;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  /** The byte that leads to a state. */
  readonly label: Uint8Array;
  /** Children are linked, ascending by label; 0 for none. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** By state: patterns that end there, or are cut there. */
  readonly ends: ReadonlyMap<number, readonly number[]>;
}

/** Puts patterns into a tree, their first `most` bytes of each; `folded` in lower case. */
export function trieOf(patterns: readonly Pattern[], folded: boolean, most: number): Trie {
  const words = patterns.map(({ bytes }) => cut(bytes, folded, most));
  const order = [...words.keys()].sort((a, b) => compareBytes(words[a]!, words[b]!) || a - b);
  const trie = emptyTrie(words.reduce((sum, word) => sum + word.length, 1));
  let path: number[] = [0];
  let before = new Uint8Array();
  for (const index of order) {
    const word = words[index]!;
    path = path.slice(0, common(before, word) + 1);
    for (let at = path.length - 1; at < word.length; at++) path.push(trie.add(path[at]!, word[at]!));
    trie.end(path[word.length]!, index);
    before = word;
  }
  return trie.done();
}

function cut(bytes: Uint8Array, folded: boolean, most: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes.subarray(0, most), (byte) => (folded ? LOWER[byte]! : byte));
}

function emptyTrie(most: number) {
  const [parent, depth, firstChild, nextSibling, lastChild] = [0, 0, 0, 0, 0].map(() => new Int32Array(most)) as [
    Int32Array, Int32Array, Int32Array, Int32Array, Int32Array,
  ]; // prettier-ignore
  const label = new Uint8Array(most);
  const ends = new Map<number, number[]>();
  let size = 1;
  return {
    /** Words come in order, so that a new child is the last. */
    add(above: number, byte: number): number {
      const state = size++;
      parent[state] = above;
      depth[state] = depth[above]! + 1;
      label[state] = byte;
      if (firstChild[above] === 0) firstChild[above] = state;
      else nextSibling[lastChild[above]!] = state;
      lastChild[above] = state;
      return state;
    },
    end(state: number, pattern: number): void {
      const known = ends.get(state);
      if (known) known.push(pattern);
      else ends.set(state, [pattern]);
    },
    done: (): Trie => ({ size, parent, depth, label, firstChild, nextSibling, ends }),
  };
}

/** Negative where `a` comes first. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const same = common(a, b);
  return (a[same] ?? -1) - (b[same] ?? -1);
}

function common(a: Uint8Array, b: Uint8Array): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a[same] === b[same]) same++;
  return same;
}
