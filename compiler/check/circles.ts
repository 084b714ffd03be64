/**
 * Modules that hand packets on to each other in a circle: to those that stand in them, and to those that their signatures forward to.
 * In a circle, whether a module is reached would depend on itself.
 */
import type { ModuleDecl, SignatureDecl } from '../../grammar/ast.js';
import { type Diagnostic, report, type Span } from '../../grammar/diagnostic.js';
import type { DraftActions } from './actions.js';
import { moduleCircle } from './module-diagnostics.js';
import type { Judged } from './outcome.js';
import type { Declared, Program } from './scope.js';

/** One module hands packets on to another. */
interface Edge {
  readonly from: ModuleDecl;
  readonly to: ModuleDecl;
  /** Where that is said. */
  readonly span: Span;
}

/** Finds the circles among modules, signatures and policies, in order of file and place; of those that have a module in common one. */
export function moduleCircles(program: Pick<Program, 'surfaces'>, judged: readonly Judged[]): Diagnostic[] {
  const modules = judged.flatMap(({ decl }) => (decl.kind === 'Module' ? [decl] : []));
  const moduleOf = ({ decl, file }: Declared<SignatureDecl>): ModuleDecl | undefined =>
    decl.module === undefined ? undefined : program.surfaces.get(file)?.names.modules.get(decl.module)?.decl;
  const edges = judged.flatMap(({ decl, outcome: { result } }): Edge[] => {
    const from = decl.kind === 'Module' ? result.switch?.parent : undefined;
    return decl.kind === 'Module' && from ? [{ from, to: decl, span: decl.parent?.span ?? decl.name.span }] : [];
  });
  const forwards = judged.flatMap(({ decl, file, outcome: { result } }) =>
    decl.kind === 'Signature' ? { decl, edges: forwarded(moduleOf({ decl, file }), result.forward ?? []) } : [],
  );
  const all = [...edges, ...forwards.flatMap((one) => one.edges)];
  const written = circles(modules, all, new Set(all));
  const overridden = judged.flatMap(({ outcome: { result } }) => {
    const overrides = result.policy?.overrides ?? [];
    const news = overrides.flatMap(({ signature, actions }) => forwarded(moduleOf(signature), actions.forward));
    if (news.length === 0) return [];
    const changed = new Set(overrides.map(({ signature }) => signature.decl));
    const kept = forwards.flatMap((one) => (changed.has(one.decl) ? [] : one.edges));
    return circles(modules, [...edges, ...kept, ...news], new Set(news));
  });
  return [...written, ...overridden];
}

function forwarded(from: ModuleDecl | undefined, to: DraftActions['forward']): Edge[] {
  // Nothing leads back to what stands in no module.
  return from ? to.map(({ module, span }) => ({ from, to: module, span })) : [];
}

/** Circles with one of the edges in `news`: of the others another finding tells. */
function circles(modules: readonly ModuleDecl[], edges: readonly Edge[], news: ReadonlySet<Edge>): Diagnostic[] {
  const place = new Map(modules.map((module, i) => [module, i]));
  const behind = new Map<ModuleDecl, Edge[]>();
  for (const edge of edges) {
    const known = behind.get(edge.from);
    if (known) known.push(edge);
    else behind.set(edge.from, [edge]);
  }
  const done = new Set<ModuleDecl>();
  const told = new Set<ModuleDecl>();
  const problems: Diagnostic[] = [];
  for (const module of modules) {
    for (const circle of circlesFrom(module, behind, done)) {
      if (!circle.some((edge) => news.has(edge)) || circle.some(({ from }) => told.has(from))) continue;
      for (const { from } of circle) told.add(from);
      problems.push(circleProblem(circle, place));
    }
  }
  return problems;
}

/** Depth first; with a stack of its own, because thousands of modules may stand in each other. */
function circlesFrom(
  module: ModuleDecl,
  behind: ReadonlyMap<ModuleDecl, readonly Edge[]>,
  done: Set<ModuleDecl>,
): Edge[][] {
  const found: Edge[][] = [];
  const way: Edge[] = [];
  /** Of each module on the way, how many edges lead to it, and which of its own are left. */
  const open = new Map<ModuleDecl, { readonly depth: number; readonly left: Edge[] }>();
  const enter = (one: ModuleDecl): void =>
    void open.set(one, { depth: way.length, left: (behind.get(one) ?? []).toReversed() });
  if (!done.has(module)) enter(module);
  for (let at: ModuleDecl | undefined = done.has(module) ? undefined : module; at !== undefined;) {
    const edge: Edge | undefined = open.get(at)?.left.pop();
    if (!edge) {
      done.add(at);
      open.delete(at);
      at = way.pop()?.from;
      continue;
    }
    const again = open.get(edge.to);
    if (again) found.push([...way.slice(again.depth), edge]);
    else if (!done.has(edge.to)) {
      way.push(edge);
      enter(edge.to);
      at = edge.to;
    }
  }
  return found;
}

/** It begins with the module that stands first, whoever found it. */
function circleProblem(circle: readonly Edge[], place: ReadonlyMap<ModuleDecl, number>): Diagnostic {
  const placeOf = ({ from }: Edge): number => place.get(from) ?? Infinity;
  const first = circle.reduce((least, edge, i) => (placeOf(edge) < placeOf(circle[least] ?? edge) ? i : least), 0);
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  const names = [...turned, ...turned.slice(0, 1)].map(({ from }) => from.name.text);
  const [label, ...further] = turned.map(({ span }) => ({ span }));
  return report(
    moduleCircle,
    { circle: names },
    ...(label ? [label] : []),
    ...further.map((l) => ({ ...l, text: 'and here' })),
  );
}
