/** The parts of a signature as they were written. */
import type { SignatureDecl, SignatureEntry } from '../../grammar/ast.js';

/** The first entry of a kind. */
export function entryOf<K extends SignatureEntry['kind']>(
  { entries }: SignatureDecl,
  kind: K,
): Extract<SignatureEntry, { kind: K }> | undefined {
  return entries.find((entry): entry is Extract<SignatureEntry, { kind: K }> => entry.kind === kind);
}
