/** Which lines of a file may be folded away: blocks, and comments of several lines. */
import type { SourceTree } from '../../../grammar/ast.js';
import { lexer } from '../../../grammar/tokens.js';
import { moduleBodies } from '../reading/module-bodies.js';
import type { SourceFile, Stretch, View } from '../view.js';

export interface Fold extends Stretch {
  readonly kind: 'block' | 'comment' | 'imports';
}

/** Each fold from the character that opens it to the one that closes it. */
export function folding(view: View, file: string): readonly Fold[] {
  const source = view.file(file);
  if (!source) return [];
  const folds = source.parts.flatMap(({ start, tree }) =>
    foldsOf(tree).map((fold) => ({ ...fold, start: fold.start + start, end: fold.end + start })),
  );
  return [...folds, ...modules(source), ...importFold(view, file)].filter(({ start, end }) =>
    source.text.slice(start, end).includes('\n'),
  );
}

const known = new WeakMap<SourceTree, readonly Fold[]>();

/** Trees do not change, so what was found in one stays. */
function foldsOf(tree: SourceTree): readonly Fold[] {
  const folds = known.get(tree) ?? [...blocks(tree.text), ...comments(tree)];
  known.set(tree, folds);
  return folds;
}

function blocks(text: string): readonly Fold[] {
  const open: number[] = [];
  return lexer.tokenize(text).tokens.flatMap(({ image, startOffset }): Fold[] => {
    if (image === '{') open.push(startOffset);
    const start = image === '}' ? open.pop() : undefined;
    return start === undefined ? [] : [{ kind: 'block', start, end: startOffset }];
  });
}

/** What begins a module and what ends it mostly stand in different parts; where not, it is a block like others. */
function modules(source: SourceFile): readonly Fold[] {
  return moduleBodies(source).flatMap(({ decl, body, isClosed }): Fold[] => {
    const isInOnePart = decl.body.end > decl.body.start + 1;
    return isInOnePart ? [] : [{ kind: 'block', start: body.start, end: isClosed ? body.end - 1 : body.end }];
  });
}

/** Comments on lines that follow one another. */
function comments({ comments: all, text }: SourceTree): readonly Fold[] {
  const folds: Fold[] = [];
  let [start, end] = [-1, -1];
  for (const { span } of all) {
    const joins = end >= 0 && /^\r?\n[ \t]*$/.test(text.slice(end, span.start));
    if (!joins && end > start) folds.push({ kind: 'comment', start, end });
    if (!joins) start = span.start;
    end = span.end;
  }
  return end > start ? [...folds, { kind: 'comment', start, end }] : folds;
}

function importFold(view: View, file: string): readonly Fold[] {
  const imports = (view.file(file)?.parts ?? []).flatMap(({ start, tree }) =>
    tree.declarations.flatMap((d) =>
      d.kind === 'Import' ? [{ start: d.span.start + start, end: d.span.end + start }] : [],
    ),
  );
  const [first, last] = [imports[0], imports.at(-1)];
  return first && last && first !== last ? [{ kind: 'imports', start: first.start, end: last.end }] : [];
}
