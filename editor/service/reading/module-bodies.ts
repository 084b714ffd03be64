/** How far modules reach: what begins one and what ends it stand in different parts of a file. */
import type { Declaration, ModuleDecl } from '../../../grammar/ast.js';
import type { Part, SourceFile, Stretch } from '../view.js';

export interface ModuleBody {
  readonly decl: ModuleDecl;
  /** All of it, up to the end of what stands in it where its brace has not come. */
  readonly whole: Stretch;
  /** From its opening brace to behind the closing one. */
  readonly body: Stretch;
  readonly isClosed: boolean;
}

const known = new WeakMap<SourceFile, readonly ModuleBody[]>();

/** The modules of a file, in order. */
export function moduleBodies(source: SourceFile): readonly ModuleBody[] {
  const bodies = known.get(source) ?? find(source.parts);
  known.set(source, bodies);
  return bodies;
}

interface Open {
  readonly decl: ModuleDecl;
  readonly base: number;
  /** The end of what is known to stand in it. */
  end: number;
  isClosed: boolean;
}

function find(parts: readonly Part[]): readonly ModuleBody[] {
  const found: Open[] = [];
  let open: Open | undefined;
  for (const { start, tree, closing } of parts) {
    if (open && closing !== undefined) [open.end, open.isClosed] = [start + closing, true];
    for (const decl of tree.declarations) {
      const isWithin = open && staysIn(open.decl, decl) && (!open.isClosed || decl.span.start + start < open.end);
      if (open && isWithin) open.end = Math.max(open.end, decl.span.end + start);
      else open = undefined;
      if (decl.kind !== 'Module') continue;
      const isClosed = decl.body.end > decl.body.start + 1;
      open = { decl, base: start, end: decl.span.end + start, isClosed };
      found.push(open);
    }
    if (open?.isClosed) open = undefined;
  }
  return found.map(bodyOf);
}

function staysIn({ name }: ModuleDecl, decl: Declaration): boolean {
  return decl.kind === 'Test' || (decl.kind === 'Signature' && decl.module === name.text);
}

function bodyOf({ decl, base, end, isClosed }: Open): ModuleBody {
  const start = decl.span.start + base;
  return { decl, whole: { start, end }, body: { start: decl.body.start + base, end }, isClosed };
}
