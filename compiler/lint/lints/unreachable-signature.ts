import { all } from '../../logic/formula.js';
import { contradictionIn } from '../../prove/parts.js';
import { proverFor } from '../../prove/prover.js';
import type { Finding, Lint } from '../lint.js';
import { type WrittenPart, writtenPart } from '../parts.js';
import type { LintedSignature, Program } from '../program.js';
import { isNeverByItself, together, valuesNote } from '../reach.js';

/** In another module it would match; where it stands, the switch keeps every packet away that it is for. */
export const unreachableSignature: Lint = {
  name: 'unreachable-signature',
  summary: 'a signature that no packet can match because of the switch of its module',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const never = new Set(program.proofs().never);
    const prover = proverFor(program.ruleset.layouts);
    return program.signatures.flatMap((one) => {
      if (!never.has(one.index) || isNeverByItself(one, program)) return [];
      // Where no packet reaches the module at all, that is a finding of the module.
      const isModules = prover.isNever(all(one.requirements().map(({ formula }) => formula)));
      return isModules ? [] : [findingFor(one, program)];
    });
  },
};

function findingFor({ signature, decl, reached }: LintedSignature, program: Program): Finding {
  const name = program.ruleset.modules[signature.module ?? -1]?.name ?? '';
  const contradiction = contradictionIn(program.workshop(), reached().when);
  const parts = contradiction.flatMap((part) => writtenPart(part, program) ?? []);
  const isOwn = ({ span: { file, start, end } }: WrittenPart): boolean =>
    file === decl.span.file && start >= decl.span.start && end <= decl.span.end;
  const [first, ...others] = parts.filter(isOwn);
  const outer = parts.filter((part) => !isOwn(part));
  // Where modules are handed packets, what reaches them is written in several places.
  const isSaid = first !== undefined && outer.length > 0 && parts.length === contradiction.length;
  return {
    message: `\`${signature.name}\` never matches in module \`${name}\`: ${isSaid ? together([...outer, first, ...others]) : 'no packet that reaches the module satisfies its condition'}`,
    labels: [
      { span: first?.span ?? decl.name.span },
      ...others.map(({ span }) => ({ span, text: 'and this' })),
      ...outer.map(({ span }) => ({ span, text: 'what reaches the module' })),
    ],
    help: `elsewhere it could match: move it to a module whose switch lets its packets in, or widen the switch${valuesNote(signature.module, program)}`,
  };
}
