/** Looks up modules, signatures and policies: `http`, `lib.http`. */
import type { ModuleDecl, PathExpr, PolicyDecl, SignatureDecl } from '../../grammar/ast.js';
import { suggest } from '../../grammar/suggest.js';
import { isLost } from './builtins.js';
import { complain, type Context, type Env } from './context.js';
import { unknownName, wrongKind } from './diagnostics.js';
import { moduleFile } from './module-diagnostics.js';
import { noteAlias } from './notes.js';
import { type Declared, KINDS, type Names } from './scope.js';
import type { SymbolKind } from './symbols.js';

/** The name spaces that are looked up here. */
type Space = 'modules' | 'signatures' | 'policies';
type DeclOf = { readonly modules: ModuleDecl; readonly signatures: SignatureDecl; readonly policies: PolicyDecl };

const WHAT: Readonly<Record<Space, { readonly one: string; readonly symbol: SymbolKind }>> = {
  modules: { one: 'a module', symbol: 'module' },
  signatures: { one: 'a signature', symbol: 'signature' },
  policies: { one: 'a policy', symbol: 'policy' },
};

/** What a path names in a name space, or nothing where that is nothing and has been said. */
export function named<S extends Space>(path: PathExpr, space: S, env: Env): Declared<DeclOf[S]> | undefined {
  const found = find(path, space, env);
  if (!found) unknown(path, [space], env);
  return found;
}

/** What `disable` names: a signature, a module, or both; nothing where that is nothing and has been said. */
export function namedEither(path: PathExpr, env: Env): Partial<{ [S in Space]: Declared<DeclOf[S]> }> {
  const [signatures, modules] = [find(path, 'signatures', env), find(path, 'modules', env)];
  if (!signatures && !modules) unknown(path, ['signatures', 'modules'], env);
  return { ...(signatures && { signatures }), ...(modules && { modules }) };
}

function find<S extends Space>({ segments }: PathExpr, space: S, env: Env): Declared<DeclOf[S]> | undefined {
  const [head, member, ...rest] = segments;
  if (!head || rest.length > 0) return undefined;
  const names = (member ? env.scope.aliases.get(head.name.text) : env.scope)?.[space];
  const word = (member ?? head).name;
  const found = names?.get(word.text) as Declared<DeclOf[S]> | undefined;
  if (found && member) noteAlias(head.name, env);
  if (found) env.context.note?.(word, WHAT[space].symbol, found.decl.name.span);
  return found;
}

function unknown(path: PathExpr, spaces: readonly Space[], env: Env): void {
  const words = path.segments.map(({ name }) => name.text);
  const [head = '', member] = words;
  if (words.length === 0 || words.includes('')) return;
  const { span } = path;
  const name = words.join('.');
  const names = member === undefined ? env.scope : env.scope.aliases.get(head);
  const loaded = loadedFor(path, env);
  if (loaded !== undefined) {
    complain(env, moduleFile, { file: loaded, name }, { span });
    return;
  }
  const near = nearest(words, spaces, names, env);
  if (isLost(head, near, env)) return;
  const expected = spaces.map((space) => WHAT[space].one).join(' or ');
  const is = near === undefined && names ? kindOf(member ?? head, spaces, names) : undefined;
  if (member === undefined && env.scope.aliases.has(head) && near === undefined) {
    const help = `name what it holds: \`${head}.…\``;
    complain(env, wrongKind, { name, is: 'an imported file', expected, help }, { span });
  } else if (is !== undefined) complain(env, wrongKind, { name, is, expected }, { span });
  else complain(env, unknownName, { name, near }, { span });
}

/** The file that was loaded because of this name: it is imported where the name stands. */
function loadedFor({ span }: PathExpr, { context, scope }: Env): string | undefined {
  const imports = context.program.imports.get(scope.file) ?? [];
  return imports.find(({ decl }) => decl.span.file === span.file && decl.span.start === span.start)?.file;
}

/** Advice: a name like it, or where it is declared. */
function nearest(
  [head = '', member]: readonly string[],
  spaces: readonly Space[],
  names: Names | undefined,
  env: Env,
): string | undefined {
  const name = member ?? head;
  for (const [alias, others] of env.scope.aliases)
    if (spaces.some((space) => others[space].has(name))) return `did you mean \`${alias}.${name}\`?`;
  const known = names ? spaces.flatMap((space) => [...names[space].keys()]) : [];
  const near = suggest(name, known);
  if (near !== undefined) return `did you mean \`${member === undefined ? near : `${head}.${near}`}\`?`;
  const { surfaces } = env.context.program;
  const file = [...surfaces].find(([, surface]) => spaces.some((space) => surface.names[space].has(name)))?.[0];
  return file === undefined ? undefined : `\`${name}\` is declared in \`${file}\`, which this file does not import`;
}

/** What else is called so, in the author's words. */
function kindOf(name: string, spaces: readonly Space[], names: Names): string | undefined {
  const others = (Object.keys(WHAT) as Space[]).filter((space) => !spaces.includes(space));
  const other = others.find((space) => names[space].has(name));
  if (other) return WHAT[other].one;
  const value = names.values.get(name)?.decl.kind;
  return value && KINDS[value];
}

/** A module and those above it that a signature stands in, or a module itself, from the inside out. */
export function modulesAround({ decl, file }: Declared<SignatureDecl | ModuleDecl>, { context }: Env): ModuleDecl[] {
  const around: ModuleDecl[] = [];
  const { scopes } = context.program;
  const quiet: Context = { ...context, note: undefined };
  let inner =
    decl.kind === 'Module'
      ? { decl, file }
      : decl.module === undefined
        ? undefined
        : scopes.get(file)?.modules.get(decl.module);
  while (inner && !around.includes(inner.decl)) {
    around.push(inner.decl);
    const scope = scopes.get(inner.file);
    const { parent } = inner.decl;
    inner = parent && scope ? find(parent, 'modules', { context: quiet, scope }) : undefined;
  }
  return around;
}
