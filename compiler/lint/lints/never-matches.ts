import { spanOf, contradictionIn } from '../../prove/parts.js';
import { isNeverByItself } from '../reach.js';
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
  const parts = contradictionIn(program.workshop(), signature.when).flatMap((part) => spanOf(part) ?? []);
  const [first, ...others] = parts.filter(({ file }) => file === decl.span.file);
  const words = parts.map((span) => `\`${program.quote(span)}\``);
  const why =
    words.length > 1
      ? `no packet satisfies ${words.slice(0, -1).join(', ')} and ${words.at(-1)} together`
      : `no packet satisfies ${words[0] ?? 'its condition'}`;
  return {
    message: `\`${signature.name}\` never matches: ${why}`,
    labels: [{ span: first ?? decl.name.span }, ...others.map((span) => ({ span, text: 'and this' }))],
    help: 'a header that is absent has no fields: tests of two headers of which a packet has one belong on the sides of an `or`',
  };
}
