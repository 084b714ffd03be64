import type { Lint } from '../lint.js';
import type { LintedSignature, Program } from '../program.js';

/** A condition that says nothing; with `drop` it closes the router. */
export const alwaysMatches: Lint = {
  name: 'always-matches',
  summary: 'a signature that every packet matches',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const always = new Set(program.proofs().always);
    return program.signatures.flatMap((one) => {
      const { index, signature, decl } = one;
      if (!always.has(index) || !isAlwaysReached(one, program)) return [];
      const when = decl.entries.find((entry) => entry.kind === 'When');
      const does = signature.verdict === 'accept' ? 'is logged' : `gets the verdict \`${signature.verdict}\``;
      return [
        {
          message: `\`${signature.name}\` matches every packet there is`,
          labels: [{ span: when?.condition.span ?? decl.name.span }],
          help: `each packet ${signature.count ? 'is counted' : does}; where that is meant, \`when true\` says so to readers, and an ignore comment to the linter`,
        },
      ];
    });
  },
};

/** In the root, or in modules without a switch; handed on by every packet is not meant. */
function isAlwaysReached({ signature }: LintedSignature, { ruleset: { modules } }: Program): boolean {
  for (let at = signature.module; at !== undefined; at = modules[at]?.parent)
    if (modules[at]?.on.kind !== 'True') return false;
  return true;
}
