import type { Lint } from '../lint.js';

/** It could be deleted without a packet being judged otherwise. */
export const subsumedSignature: Lint = {
  name: 'subsumed-signature',
  summary: 'a signature to whose matches another one does the same',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const { signatures } = program.ruleset;
    const larger = new Map(program.proofs().subsumed.map(({ signature, by }) => [signature, by]));
    return program.signatures.flatMap(({ index, signature, decl }) => {
      const by = signatures[larger.get(index) ?? -1];
      if (!by) return [];
      return [
        {
          message: `\`${signature.name}\` adds nothing: \`${by.name}\` matches wherever it does, and does the same`,
          labels: [{ span: decl.name.span }, { span: by.span, text: 'the wider one' }],
          help: 'delete it, narrow the other one, or give it a higher severity if its alert says more',
        },
      ];
    });
  },
};
