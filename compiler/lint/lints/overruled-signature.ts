import { namesOf } from '../names.js';
import type { Lint } from '../lint.js';

/** `pass` is stronger: what looks like protection stops nothing. */
export const overruledSignature: Lint = {
  name: 'overruled-signature',
  summary: 'a `drop` or `reject` whose packets all pass because of other signatures',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const covers = new Map(program.proofs().overruled.map(({ signature, by }) => [signature, by]));
    return program.signatures.flatMap(({ index, signature, decl }) => {
      const by = (covers.get(index) ?? []).flatMap((at) => program.ruleset.signatures[at] ?? []);
      if (by.length === 0) return [];
      const then = decl.entries.find(({ kind }) => kind === 'Then');
      const who = by.length === 1 ? namesOf(by) : `one of ${namesOf(by)}`;
      return [
        {
          message: `\`${signature.name}\` never stops a packet: whatever it matches, ${who} passes`,
          labels: [{ span: then?.span ?? decl.name.span }, ...by.map(({ span }) => ({ span, text: 'passes it' }))],
          help: '`pass` is stronger than `drop` and `reject`, whatever the order of files: narrow the `pass`',
        },
      ];
    });
  },
};
