/** Modules, signatures and policies where one is to be named. */
import type { Declared, Names } from '../../../../compiler/check/scope.js';
import type { ModuleDecl, PolicyDecl, SignatureDecl } from '../../../../grammar/ast.js';
import type { NameSpace } from '../../reading/names-here.js';
import { oneLine } from '../../reading/source-text.js';
import type { Cursor } from './cursor.js';
import { type Item, item } from './items.js';

const KINDS = { Module: 'module', Signature: 'signature', Policy: 'policy' } as const;

/** What a file knows of some kinds, and the imports that hold some; behind an import's name and a dot (`path`), what that holds. */
export function nameItems(cursor: Cursor, spaces: readonly NameSpace[], path: readonly string[] = []): Item[] {
  const { view, file } = cursor;
  const scope = view.scope(file);
  if (!scope || path.length > 1) return [];
  const [alias] = path;
  if (alias !== undefined) return namesOf(scope.aliases.get(alias), spaces, cursor);
  const holding = [...scope.aliases].filter(([, names]) => spaces.some((space) => names[space].size > 0));
  const imports = holding.map(([name]) => item(name, 'module', 'an imported file'));
  return [...namesOf(scope, spaces, cursor), ...imports];
}

function namesOf(names: Names | undefined, spaces: readonly NameSpace[], { place, file }: Cursor): Item[] {
  // A module that names itself would hand packets on in a circle.
  const own = place.declaration === 'module' ? place.name : place.module;
  return spaces.flatMap((space) =>
    [...(names?.[space] ?? [])].flatMap(([name, declared]: [string, Declared<Named>]) =>
      space === 'modules' && name === own && declared.file === file ? [] : [itemOf(name, declared)],
    ),
  );
}

type Named = ModuleDecl | SignatureDecl | PolicyDecl;

function itemOf(name: string, { decl, file }: Declared<Named>): Item {
  const title = decl.kind === 'Signature' ? decl.entries.find((entry) => entry.kind === 'Title') : undefined;
  return item(name, KINDS[decl.kind], title?.value.text ?? file, decl.doc && oneLine(decl.doc));
}
