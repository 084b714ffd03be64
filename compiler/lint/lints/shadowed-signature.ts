import { namesOf } from '../names.js';
import type { Lint } from '../lint.js';

/** As `subsumed-signature`, by several: none of them alone covers it. */
export const shadowedSignature: Lint = {
  name: 'shadowed-signature',
  summary: 'a signature to each of whose matches one of several others does the same',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const covers = new Map(program.proofs().shadowed.map(({ signature, by }) => [signature, by]));
    return program.signatures.flatMap(({ index, signature, decl }) => {
      const by = (covers.get(index) ?? []).flatMap((at) => program.ruleset.signatures[at] ?? []);
      if (by.length === 0) return [];
      return [
        {
          message: `\`${signature.name}\` adds nothing: wherever it matches, one of ${namesOf(by)} does, and does the same`,
          labels: [{ span: decl.name.span }, ...by.map(({ span }) => ({ span, text: 'one of them' }))],
          help: 'none of these can be left out of the proof: delete it, narrow one of them, or give it a higher severity if its alert says more',
        },
      ];
    });
  },
};
