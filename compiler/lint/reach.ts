/** What is asked of a packet for a signature to be reached, and what comes of it. */
import type { Span } from '../../grammar/diagnostic.js';
import { isParsed } from '../check/sources.js';
import { proverFor } from '../prove/prover.js';
import type { WrittenPart } from './parts.js';
import type { LintedSignature, Program } from './program.js';

/** Of a signature that never matches: whether that is so wherever it stands. Where not, the switches of modules keep it from matching. */
export function isNeverByItself({ signature, requirements }: LintedSignature, { ruleset }: Program): boolean {
  return requirements().length === 0 || proverFor(ruleset.layouts).isNever(signature.when);
}

/** Says that parts of a condition exclude one another. */
export function together(parts: readonly WrittenPart[]): string {
  const words = parts.map((part) => `\`${part.words}\``);
  const last = words.at(-1) ?? '';
  return words.length < 2
    ? `no packet satisfies ${last}`
    : `no packet satisfies ${words.slice(0, -1).join(', ')} and ${last} together`;
}

/** What is to be said beside a proof where the switch of a module, or of one that it stands in, reads a parameter. */
export function valuesNote(module: number | undefined, program: Program): string {
  return readsParameterAbove(module, program) ? '; so it is with the values that parameters have here' : '';
}

/** Whether it does: another site may set it otherwise. */
export function readsParameterAbove(
  module: number | undefined,
  { ruleset: { modules }, sources, readsParameter }: Program,
): boolean {
  const lineage = new Set(module === undefined ? [] : [module]);
  for (const one of lineage) {
    const parent = modules[one]?.parent;
    if (parent !== undefined) lineage.add(parent);
  }
  const places = new Set([...lineage].map((one) => placeOf(modules[one]?.span)));
  const switches = [...sources.files.values()].flatMap((file) =>
    (isParsed(file) ? file.tree.declarations : []).flatMap((decl) =>
      decl.kind === 'Module' && decl.on && places.has(placeOf(decl.name.span)) ? [decl.on.span] : [],
    ),
  );
  return switches.some(readsParameter);
}

function placeOf(span: Span | undefined): string {
  return span ? `${span.start} ${span.file}` : '';
}
