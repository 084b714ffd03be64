/**
 * `// sigward-ignore NAME: reason` leaves out what a lint finds in one place: behind words, in their line; alone, in the line of the
 * next word, or where that begins a declaration, in all of it.
 */
import type { Comment, Declaration, SourceTree } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { positionOf } from '../../grammar/position.js';
import { groupBy } from '../cost/group-by.js';
import type { Finding } from './lint.js';

/** A comment that ignores, or would if it had the form. */
export interface IgnoreComment {
  readonly span: Span;
  readonly names: readonly { readonly text: string; readonly span: Span }[];
  /** Why, in the author's words; empty where that is missing. */
  readonly reason: string;
  /** A line by its number, or a declaration by where it begins. */
  readonly scope: { readonly kind: 'line' | 'declaration'; readonly at: number };
}

/** One name of a comment that has a reason. */
export interface Ignore {
  readonly name: string;
  /** Where the name stands. */
  readonly span: Span;
  readonly comment: IgnoreComment;
}

const FORM = /^\/\/+!?\s*sigward-ignore\b([^:]*)(?::(.*))?$/;

/** Every such comment of a file. */
export function ignoreComments(tree: SourceTree): IgnoreComment[] {
  const scopes = scopesIn(tree);
  return tree.comments.flatMap((comment) => {
    const match = FORM.exec(comment.text.trimEnd());
    if (!match) return [];
    const [, list = '', reason = ''] = match;
    const from = comment.span.start + comment.text.indexOf('sigward-ignore') + 'sigward-ignore'.length;
    const names = [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => {
      const start = from + index;
      return { text, span: { file: tree.file, start, end: start + text.length } };
    });
    return [{ span: comment.span, names, reason: reason.trim(), scope: scopes(comment) }];
  });
}

/** What a comment is about: a function, because many comments in a row all look for the same word behind them. */
function scopesIn({ text, declarations, comments }: SourceTree): (comment: Comment) => IgnoreComment['scope'] {
  const beginnings = new Set(declarations.map(({ span }) => span.start));
  const commentAt = new Map(comments.map((comment) => [comment.span.start, comment]));
  const words = new Map<Comment, number>();
  // From the last to the first, so that what stands behind a comment is known.
  for (const comment of comments.toReversed()) {
    const at = comment.span.end + (/^\s*/.exec(text.slice(comment.span.end))?.[0].length ?? 0);
    const next = commentAt.get(at);
    words.set(comment, (next && words.get(next)) ?? at);
  }
  return (comment) => {
    const own = positionOf(text, comment.span.start);
    const before = text.slice(comment.span.start - own.column + 1, comment.span.start);
    if (before.trim() !== '') return { kind: 'line', at: own.line };
    const word = words.get(comment) ?? text.length;
    if (beginnings.has(word)) return { kind: 'declaration', at: word };
    return { kind: 'line', at: positionOf(text, word).line };
  };
}

/** Which ignores leave out a finding of a name; several may. */
export function ignoring(trees: readonly SourceTree[]): {
  readonly all: readonly Ignore[];
  readonly of: (name: string, finding: Finding) => readonly Ignore[];
} {
  const treeOf = new Map(trees.map((tree) => [tree.file, tree]));
  const all = trees.flatMap(ignoreComments).flatMap((comment): readonly Ignore[] => {
    if (comment.reason === '') return [];
    return comment.names.map(({ text, span }) => ({ name: text, span, comment }));
  });
  const keyOf = (name: string, file: string, kind: string, at: number): string => `${kind} ${at} ${name} ${file}`;
  const byKey = groupBy(all, ({ name, span, comment: { scope } }) => keyOf(name, span.file, scope.kind, scope.at));
  const of = (name: string, { labels: [place] }: Finding): readonly Ignore[] => {
    const tree = place && treeOf.get(place.span.file);
    if (all.length === 0 || !tree) return [];
    const { file, start } = place.span;
    const { line } = positionOf(tree.text, start);
    const declaration = declarationAt(tree.declarations, start);
    return [
      ...(byKey.get(keyOf(name, file, 'line', line)) ?? []),
      ...(declaration ? (byKey.get(keyOf(name, file, 'declaration', declaration.span.start)) ?? []) : []),
    ];
  };
  return { all, of };
}

/** The declaration around a place: they are in order and do not overlap. */
export function declarationAt(declarations: readonly Declaration[], offset: number): Declaration | undefined {
  let [low, high] = [0, declarations.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (declarations[middle]!.span.start <= offset) low = middle;
    else high = middle;
  }
  const found = declarations[low];
  return found && offset >= found.span.start && offset < found.span.end ? found : undefined;
}
