import type { Lint } from '../lint.js';

/** A condition that says nothing; with `drop` it closes the router. */
export const alwaysMatches: Lint = {
  name: 'always-matches',
  summary: 'a signature that every packet matches',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const always = new Set(program.proofs().always);
    return program.signatures.flatMap(({ index, signature, decl }) => {
      if (!always.has(index)) return [];
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
