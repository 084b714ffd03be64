/** What stands in modules, what is above and below them, and which policies name them. */
import type { Declared, Names } from '../../../compiler/check/scope.js';
import type { Declaration, ModuleDecl, PathExpr, PolicyDecl } from '../../../grammar/ast.js';
import type { View } from '../view.js';

type Module = Declared<ModuleDecl>;

/** What a path names in one of the name spaces of a file. */
export function namedBy<S extends keyof Names>(
  view: View,
  file: string,
  { segments: [head, member] }: PathExpr,
  space: S,
): Names[S] extends ReadonlyMap<string, infer D> ? D | undefined : never {
  const scope = view.scope(file);
  const names = member ? scope?.aliases.get(head?.name.text ?? '') : scope;
  return names?.[space].get((member ?? head)?.name.text ?? '') as never;
}

function parentOf(view: View, { decl, file }: Module): Module | undefined {
  return decl.parent && namedBy(view, file, decl.parent, 'modules');
}

/** The modules that one stands in, from the inside out. */
export function modulesAbove(view: View, module: Module): readonly Module[] {
  const above: Module[] = [];
  const isNew = ({ decl }: Module): boolean => decl !== module.decl && !above.some((one) => one.decl === decl);
  for (let one = parentOf(view, module); one && isNew(one); one = parentOf(view, one)) above.push(one);
  return above;
}

/** The modules that stand in some, in them or below. */
export function modulesBelow(view: View, modules: readonly Module[]): readonly Module[] {
  const children = new Map<ModuleDecl, Module[]>();
  for (const module of declarations(view, 'Module')) {
    const parent = parentOf(view, module)?.decl;
    if (parent) children.set(parent, [...(children.get(parent) ?? []), module]);
  }
  const known = new Set(modules.map(({ decl }) => decl));
  // What is added while it is walked through is walked through, too.
  const pending = [...known];
  const below: Module[] = [];
  for (const one of pending)
    for (const child of children.get(one) ?? []) {
      if (known.has(child.decl)) continue;
      known.add(child.decl);
      pending.push(child.decl);
      below.push(child);
    }
  return below;
}

/** How many signatures stand between the braces of some modules. */
export function signaturesIn(view: View, modules: readonly Module[]): number {
  let count = 0;
  for (const file of new Set(modules.map((module) => module.file))) {
    const names = new Set(modules.flatMap((module) => (module.file === file ? [module.decl.name.text] : [])));
    for (const { tree } of view.file(file)?.parts ?? [])
      for (const decl of tree.declarations)
        if (decl.kind === 'Signature' && decl.module !== undefined && names.has(decl.module)) count++;
  }
  return count;
}

/** A line of a policy that names something. */
export interface Mention {
  readonly policy: Declared<PolicyDecl>;
  readonly kind: 'Protect' | 'Disable';
  readonly named: ModuleDecl;
}

/** Where policies name some modules. */
export function mentionsOf(view: View, modules: readonly Module[]): readonly Mention[] {
  const wanted = new Set<Declaration>(modules.map(({ decl }) => decl));
  return declarations(view, 'Policy').flatMap((policy) =>
    policy.decl.entries.flatMap((entry): Mention[] => {
      if (entry.kind !== 'Protect' && entry.kind !== 'Disable') return [];
      const paths = entry.kind === 'Protect' ? entry.modules : [entry.target];
      const named = paths.flatMap((path) => namedBy(view, policy.file, path, 'modules')?.decl ?? []);
      return named.flatMap((one) => (wanted.has(one) ? [{ policy, kind: entry.kind, named: one }] : []));
    }),
  );
}

type OfKind<K extends Declaration['kind']> = Extract<Declaration, { readonly kind: K }>;

/** All declarations of a kind, in all files. */
function declarations<K extends Declaration['kind']>(view: View, kind: K): readonly Declared<OfKind<K>>[] {
  return view
    .names()
    .flatMap((file) =>
      (view.file(file)?.parts ?? []).flatMap(({ tree }) =>
        tree.declarations.flatMap((decl) => (decl.kind === kind ? [{ decl: decl as OfKind<K>, file }] : [])),
      ),
    );
}
