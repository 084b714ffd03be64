import type { Declaration, Expr, ImportDecl } from '../../../grammar/ast.js';
import type { Edit, Fix, Span } from '../../../grammar/diagnostic.js';
import { CORE, isParsed, resolveImport, type Sources } from '../../check/sources.js';
import type { SymbolKind, SymbolUse } from '../../check/symbols.js';
import { expressionsIn, within } from '../expressions.js';
import { declarationAt } from '../ignores.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';
import { fileText, lineStart, removal } from '../text.js';

/** A name that nothing uses is a slip, or what was left behind. */
export const unusedName: Lint = {
  name: 'unused-name',
  summary: 'a name that nothing uses: a constant, a predicate, a `let`, an occurrence, an import',
  level: 'warning',
  class: 'quick',
  find: (program) => {
    const used = new Set(program.symbols.flatMap((one) => (one.isDeclaration ? [] : (keyOf(one.declared) ?? []))));
    return [
      ...program.symbols
        .filter((one) => one.isDeclaration && !used.has(keyOf(one.declared) ?? ''))
        .flatMap((one) => nameFinding(one, program)),
      ...program.trees.flatMap(({ file, declarations }) =>
        declarations.flatMap((decl) => importFinding(decl, file, program)),
      ),
    ];
  },
};

function keyOf(span: Span | undefined): string | undefined {
  return span && `${span.start} ${span.file}`;
}

const WHAT: Partial<Readonly<Record<SymbolKind, string>>> = {
  const: 'constant',
  param: 'parameter',
  predicate: 'predicate',
  parameter: 'parameter',
  let: '`let`',
  occurrence: 'occurrence',
};

function nameFinding({ kind, name, span }: SymbolUse, program: Program): readonly Finding[] {
  const what = WHAT[kind];
  const tree = program.trees.find(({ file }) => file === span.file);
  if (what === undefined || !tree) return [];
  const decl = declarationAt(tree.declarations, span.start);
  // A file that only declares names does so for others, which need not be among those that were given.
  if (!decl || (isGlobal(kind) && !tree.declarations.some((one) => one.kind === 'Signature'))) return [];
  if (!isGlobal(kind) && isMentioned(name, decl)) return [];
  const fix = fixFor(kind, name, span, decl, tree.text);
  return [
    {
      message: isGlobal(kind)
        ? `nothing in this ruleset uses the ${what} \`${name}\``
        : `nothing uses the ${what} \`${name}\``,
      labels: [{ span }],
      help: kind === 'parameter' ? 'leave it out, here and where the predicate is used' : 'leave it out, or use it',
      ...(fix && { fixes: [fix] }),
    },
  ];
}

/** Whether a local name stands somewhere in its declaration: what it means in a predicate may depend on what that is given. */
function isMentioned(name: string, decl: Declaration): boolean {
  const known =
    MENTIONED.get(decl) ?? new Set(expressionsIn(decl).flatMap((expr) => [...within(expr)].flatMap(wordIn)));
  MENTIONED.set(decl, known);
  return known.has(name);
}

/** A signature of thousands of names is walked once. */
const MENTIONED = new WeakMap<Declaration, ReadonlySet<string>>();

function wordIn(expr: Expr): readonly string[] {
  const path = expr.kind === 'Call' ? expr.callee : expr;
  return path.kind === 'Path' ? path.segments.slice(0, 1).map(({ name }) => name.text) : [];
}

/** What other files may import. */
function isGlobal(kind: SymbolKind): boolean {
  return kind === 'const' || kind === 'param' || kind === 'predicate';
}

function fixFor(kind: SymbolKind, name: string, span: Span, decl: Declaration, text: string): Fix | undefined {
  const title = `delete \`${name}\``;
  // Another ruleset may import it: only its author knows.
  if (isGlobal(kind)) return { title, edits: [removal(withDoc(decl, text), text)] };
  if (kind === 'let' && decl.kind === 'Signature') {
    const entry = decl.entries.find((one) => one.kind === 'Let' && one.name.span.start === span.start);
    return entry && { title, edits: [removal(entry.span, text)], isSafe: true };
  }
  const as = kind === 'occurrence' ? withoutAs(span, text) : undefined;
  return as && { title, edits: [as], isSafe: true };
}

function withoutAs(span: Span, text: string): Edit | undefined {
  const before = /[ \t\r\n]+as[ \t\r\n]+$/.exec(text.slice(Math.max(0, span.start - MOST_BLANKS), span.start));
  return before ? { span: { ...span, start: span.start - before[0].length }, text: '' } : undefined;
}

const MOST_BLANKS = 200;

/** A declaration with the lines above it that document it. */
function withDoc({ span, doc }: Declaration, text: string): Span {
  let start = lineStart(text, span.start);
  if (doc === undefined || text.slice(start, span.start).trim() !== '') return span;
  for (let above = start; above > 0;) {
    above = lineStart(text, above - 1);
    if (!text.slice(above, start).trimStart().startsWith('///')) break;
    start = above;
  }
  return { ...span, start };
}

/** An import is used if a name of the file is, or if what the file declares takes part without being named. */
function importFinding(decl: Declaration, file: string, { symbols, sources }: Program): readonly Finding[] {
  // The core is nothing but imports: they are what is in scope everywhere.
  if (decl.kind !== 'Import' || file === CORE) return [];
  const target = targetOf(decl, file, sources);
  if (target === undefined || takesPart(target, sources)) return [];
  if (symbols.some((one) => one.span.file === file && one.kind !== 'file' && one.declared?.file === target)) return [];
  const span = removal(withDoc(decl, fileText(sources, file)), fileText(sources, file));
  return [
    {
      message: `nothing in this file uses what \`${decl.path.text}\` declares`,
      labels: [{ span: decl.path.span }],
      help: 'leave the import out',
      fixes: [{ title: 'leave the import out', edits: [span], isSafe: true }],
    },
  ];
}

function targetOf(decl: ImportDecl, file: string, { spellings }: Sources): string | undefined {
  const path = resolveImport(file, decl.path.text);
  return path === undefined ? undefined : (spellings?.get(path) ?? path);
}

/** Whether a file, or one that it imports, has more than constants and predicates; the core is there in any case. */
function takesPart(target: string, sources: Sources): boolean {
  const core = reach([CORE], sources);
  const passive = new Set<Declaration['kind']>(['Import', 'Const', 'Predicate', 'Test']);
  return [...reach([target], sources)].some((file) => {
    const parsed = sources.files.get(file);
    return !core.has(file) && (!isParsed(parsed) || parsed.tree.declarations.some(({ kind }) => !passive.has(kind)));
  });
}

function reach(from: readonly string[], sources: Sources): ReadonlySet<string> {
  const found = new Set(from);
  for (const file of found) {
    const parsed = sources.files.get(file);
    for (const decl of isParsed(parsed) ? parsed.tree.declarations : []) {
      const target = decl.kind === 'Import' ? targetOf(decl, file, sources) : undefined;
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}
