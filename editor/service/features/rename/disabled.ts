/** `disable NAME` takes signatures and modules: a new name must not have it mean both. */
import type { Names } from '../../../../compiler/check/scope.js';
import type { PathExpr } from '../../../../grammar/ast.js';
import type { Span } from '../../../../grammar/diagnostic.js';
import { declarationAt, type View } from '../../view.js';

const OTHER = { signature: 'modules', module: 'signatures' } as const;
const OWN = { signature: 'signatures', module: 'modules' } as const;

/** The file in which a policy disables by a name that would stand for both; `name` is what is declared at a place so far. */
export function ambiguousDisable(
  view: View,
  { kind, declared, name }: { readonly kind: 'signature' | 'module'; readonly declared: Span; readonly name: string },
  newName: string,
): string | undefined {
  const decl = declarationAt(view, declared.file, declared.start)?.decl;
  return view.names().find((file) =>
    disabledIn(view, file).some(({ names, word }) => {
      const isSeen = names[OWN[kind]].get(name)?.decl === decl;
      // It is what is renamed; or it is another thing that is called so already.
      return isSeen && (word === name || word === newName) && names[OTHER[kind]].has(newName);
    }),
  );
}

/** What the policies of a file disable: a word, and the names among which it is looked up. */
function disabledIn(view: View, file: string): readonly { readonly names: Names; readonly word: string }[] {
  const scope = view.scope(file);
  const policies = [...(scope?.policies.values() ?? [])].flatMap((found) => (found.file === file ? [found.decl] : []));
  const targets = policies.flatMap(({ entries }) =>
    entries.flatMap((entry): readonly PathExpr[] => (entry.kind === 'Disable' ? [entry.target] : [])),
  );
  return targets.flatMap(({ segments: [head, member] }) => {
    const names = member ? scope?.aliases.get(head?.name.text ?? '') : scope;
    const word = (member ?? head)?.name.text;
    return names && word !== undefined ? [{ names, word }] : [];
  });
}
