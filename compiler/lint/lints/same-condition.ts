import type { Lint } from '../lint.js';

/** Two alerts for one thing; mostly one was copied and not changed. */
export const sameCondition: Lint = {
  name: 'same-condition',
  summary: 'two signatures that match the same packets',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const { signatures } = program.ruleset;
    const firsts = new Map(program.proofs().equal.map(({ signature, first }) => [signature, first]));
    return program.signatures.flatMap(({ index, signature, decl }) => {
      const first = signatures[firsts.get(index) ?? -1];
      if (!first) return [];
      return [
        {
          message: `\`${signature.name}\` and \`${first.name}\` match the same packets`,
          labels: [{ span: decl.name.span }, { span: first.span, text: 'the other one' }],
          help: 'their conditions are proved equal: keep one, or let them differ',
        },
      ];
    });
  },
};
