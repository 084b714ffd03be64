import type { Formula } from '../../logic/formula.js';
import { headersOf } from '../../logic/walk.js';
import { contradictionIn } from '../../prove/parts.js';
import { writtenParts } from '../parts.js';
import { isNeverByItself, together } from '../reach.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature, Program } from '../program.js';

/** It stands there, parses and never fires: an attack that it is for passes. */
export const neverMatches: Lint = {
  name: 'never-matches',
  summary: 'a signature that no packet can match',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const never = new Set(program.proofs().never);
    return program.signatures.flatMap((one) =>
      never.has(one.index) && isNeverByItself(one, program) ? [findingFor(one, program)] : [],
    );
  },
};

function findingFor({ signature, decl }: LintedSignature, program: Program): Finding {
  const contradiction = contradictionIn(program.workshop(), signature.when);
  const parts = writtenParts(contradiction, program) ?? [];
  const [first, ...others] = parts.flatMap(({ span }) => (span.file === decl.span.file ? [span] : []));
  const why = parts.length > 0 ? together(parts) : 'no packet satisfies its condition';
  return {
    message: `\`${signature.name}\` never matches: ${why}`,
    labels: [{ span: first ?? decl.name.span }, ...others.map((span) => ({ span, text: 'and this' }))],
    help: isAboutHeaders(contradiction)
      ? 'a header that is absent has no fields: tests of two headers of which a packet has one belong on the sides of an `or`'
      : 'where one of several is meant, they belong on the sides of an `or`; where all are, one of them asks for something else than was meant',
  };
}

/** Whether two parts ask for headers and have none in common. */
function isAboutHeaders(parts: readonly Formula[]): boolean {
  const asked = parts
    .map((part) => new Set(headersOf(part).map(({ layout }) => layout)))
    .filter(({ size }) => size > 0);
  return asked.some((one, i) => asked.slice(i + 1).some((other) => [...one].every((layout) => !other.has(layout))));
}
