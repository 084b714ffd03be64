/** What becomes different, for programs. */
import { type Direction, isSame, type Meaning, type SignatureDiff } from '../../compiler/diff/diff.js';
import type { Layout } from '../../compiler/logic/layout.js';
import type { DiffSides } from './diff-text.js';
import { packetJson } from './witness-json.js';

/** One signature as plain data. */
export function diffJson(diff: SignatureDiff, { before, after }: DiffSides): Record<string, unknown> {
  if (diff.kind !== 'kept') return { name: diff.signature.name, id: diff.signature.id, change: diff.kind };
  const { meaning } = diff;
  return {
    name: diff.new.name,
    id: diff.new.id,
    change: isSame(diff) && diff.changes.length === 0 ? 'none' : 'changed',
    changes: diff.changes.map(({ key, from, to }) => ({ key, from, to })),
    ...meaningJson(meaning, { before, after }),
  };
}

/** What is matched, or dropped, before and after. */
export function meaningJson(meaning: Meaning, { before, after }: DiffSides): Record<string, unknown> {
  return {
    meaning: meaning.kind,
    ...(meaning.kind === 'same' && { proved: meaning.isProved ? 'by diagrams' : 'by its form' }),
    ...(meaning.kind === 'different' && {
      lost: directionJson(meaning.lost, before.ruleset.layouts),
      gained: directionJson(meaning.gained, after.ruleset.layouts),
    }),
  };
}

function directionJson({ witness, isNone }: Direction, layouts: readonly Layout[]): Record<string, unknown> {
  return witness ? packetJson(witness, { layouts }) : { proved_none: isNone };
}
