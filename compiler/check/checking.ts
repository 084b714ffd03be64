/**
 * Checks declarations one by one. What one declaration gives (`Outcome`) depends on nothing but itself, the names that it looks up
 * and the headers, so it can be kept while other declarations change; `check.ts` puts the whole together.
 */
import { assertNever } from '../../grammar/assert-never.js';
import type { ConstDecl, Declaration, HeaderDecl } from '../../grammar/ast.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { toFormula } from './conditions.js';
import { foldConstant } from './constants.js';
import { complain, type Context, CONDITION_BUDGET, type Env, type HeaderInfo, type Texts } from './context.js';
import { definedByItself } from './diagnostics.js';
import { typeOf } from './expressions.js';
import { checkSpace, layoutOf } from './headers.js';
import type { Memory } from './memory.js';
import { switchOf } from './modules.js';
import { noteDeclaration } from './notes.js';
import { nothingOpen } from './open.js';
import type { Outcome, Result } from './outcome.js';
import { policyOf } from './policies.js';
import type { Declared, Program } from './scope.js';
import { signatureOf } from './signatures.js';
import type { ListFile, Setting } from './sources.js';
import { notebook, type SymbolUse } from './symbols.js';
import { testOf } from './tests.js';
import { ERROR, type Typed } from './types.js';
import { checkView, viewOf } from './views.js';
import { type Watch, watchedMap, watchedScope } from './watch.js';

/** What is checked, and what is to be found out. */
export interface Task {
  readonly program: Program;
  readonly texts: Texts;
  readonly lists: ReadonlyMap<string, ListFile>;
  /** What a site sets for the parameters of a file. */
  readonly settingsOf: (file: string) => ReadonlyMap<string, Setting>;
  /** Which word stands for what. */
  readonly symbols: boolean;
  /** Which names each declaration looks up. */
  readonly names: boolean;
}

export interface Checking {
  /** What a declaration gives: from memory where that still holds, or found out now. Headers have been checked. */
  readonly outcomeOf: (declared: Declared<Declaration>) => Outcome;
}

/** Checks the headers, which everything else is about, and gives what checks the rest. */
export function checking(task: Task, memory: Memory): Checking {
  const watch: Watch = { names: new Set() };
  const open = nothingOpen();
  const context = contextOf(task, watch, (declared, env) => {
    if (open.has(declared.decl)) return circular(declared.decl, open.all(), env);
    return outcomeOf(declared).result.value ?? ERROR;
  });
  const found = (declared: Declared<Declaration>): Outcome => {
    const outcome = checkOne(declared, context, watch, task);
    memory.keep(declared.decl, outcome);
    return outcome;
  };
  const outcomeOf = (declared: Declared<Declaration>): Outcome => {
    const known = memory.waiting.has(declared.decl) ? undefined : memory.outcomeOf(declared.decl);
    const { names } = watch;
    return known ?? open.during(declared, found, () => (watch.names = names));
  };
  for (const { decl, file } of headersOf(task.program)) {
    const { layout } = outcomeOf({ decl, file }).result;
    if (layout) context.headers.set(decl, { decl, file, layout });
  }
  return { outcomeOf };
}

/** The headers of all files, in the order of their numbers. */
export function headersOf({ files, surfaces }: Pick<Program, 'files' | 'surfaces'>): Declared<HeaderDecl>[] {
  return files.flatMap((file) => (surfaces.get(file)?.headers ?? []).map((decl) => ({ decl, file })));
}

function contextOf({ program, texts, lists, names }: Task, watch: Watch, valueOf: Context['valueOf']): Context {
  const scopes = [...program.scopes].map(([file, scope]) => [file, watchedScope(scope, watch)] as const);
  return {
    ...texts,
    typeOf,
    toFormula,
    problems: [],
    lasting: [],
    isTrial: false,
    trial: undefined,
    note: undefined,
    program: names ? { ...program, scopes: new Map(scopes) } : program,
    lists: names ? watchedMap(lists, watch) : lists,
    settings: new Map(),
    named: [],
    headers: new Map<HeaderDecl, HeaderInfo>(),
    budget: { left: CONDITION_BUDGET, depth: 0 },
    firstOf: firstOf(program),
    fileDeclaring: fileDeclaring(program),
    valueOf,
  };
}

function circular(decl: ConstDecl, open: readonly Declaration[], env: Env): Typed {
  const circle = open.slice(open.indexOf(decl)).flatMap((d) => (d.kind === 'Const' || d.kind === 'Param' ? [d] : []));
  const { name } = env.context.firstOf(circle) ?? decl;
  complain(env, definedByItself, { name: name.text }, { span: name.span });
  return ERROR;
}

function firstOf({ files, declarations }: Program): Context['firstOf'] {
  let places: Map<Declaration, number> | undefined;
  return (decls) => {
    places ??= new Map(files.flatMap((file) => declarations.get(file) ?? []).map((decl, i) => [decl, i]));
    const placeOf = (decl: Declaration): number => places?.get(decl) ?? Infinity;
    return decls.toSorted((a, b) => placeOf(a) - placeOf(b))[0];
  };
}

function fileDeclaring({ files, surfaces }: Program): Context['fileDeclaring'] {
  return (name) => files.find((file) => surfaces.get(file)?.names.values.has(name));
}

const NOTHING: readonly never[] = [];

function checkOne({ decl, file }: Declared<Declaration>, shared: Context, watch: Watch, task: Task): Outcome {
  const outer = watch.names;
  if (task.names) watch.names = new Set();
  const problems: Diagnostic[] = [];
  const book = task.symbols ? notebook() : undefined;
  const budget = { left: CONDITION_BUDGET, depth: 0 };
  const settings = task.settingsOf(file);
  const context: Context = { ...shared, settings, problems, lasting: problems, named: [], budget, note: book?.note };
  const scope = shared.program.scopes.get(file);
  const result = scope ? resultOf({ decl, file }, { context, scope }) : {};
  const names = task.names ? [...watch.names] : NOTHING;
  watch.names = outer;
  return { problems, symbols: book?.uses.filter((use) => isKept(use, decl)) ?? NOTHING, names, result };
}

/** In another declaration's text, a predicate's, only what that does not know itself: it depends on what is handed over. */
function isKept({ span, kind }: SymbolUse, { span: own }: Declaration): boolean {
  return (
    kind === 'flag' || kind === 'builtin' || (span.file === own.file && span.start >= own.start && span.end <= own.end)
  );
}

function resultOf({ decl, file }: Declared<Declaration>, env: Env): Result {
  noteDeclaration(decl, env);
  switch (decl.kind) {
    case 'Const':
    case 'Param':
      return { value: foldConstant(decl, env) };
    case 'Header':
      return { layout: layoutOf({ decl, file }, env.context.headers.size, env) };
    case 'Space':
      checkSpace(decl, env);
      return {};
    case 'View':
      checkView({ decl, file }, env);
      return { view: viewOf({ decl, file }, env) };
    case 'Predicate': {
      // Its parameters may be anything as long as nobody says what they are: only the rest of the body is checked.
      const params = new Map(decl.params.map((p): [string, Typed] => [p.text, ERROR]));
      toFormula(decl.body, { ...env, params, calls: [decl] });
      return {};
    }
    case 'Signature':
      return signatureOf({ decl, file }, env);
    case 'Test':
      return { test: testOf(decl, env) };
    case 'Module':
      return { switch: switchOf(decl, env) };
    case 'Policy':
      return { policy: policyOf(decl, env) };
    case 'Import':
      return {};
    default:
      return assertNever(decl);
  }
}
