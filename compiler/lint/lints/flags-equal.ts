import type { Fix } from '../../../grammar/diagnostic.js';
import type { Atom } from '../../logic/formula.js';
import type { Value } from '../../logic/value.js';
import { placesOf } from '../conditions.js';
import { flagsOf } from '../fields.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';

type Compare = Extract<Atom, { kind: 'Compare' }>;

/** `tcp.flags == SYN` is false for a SYN that asks for ECN (RFC 3168 6.1.1: ECE and CWR are set in it). */
export const flagsEqual: Lint = {
  name: 'flags-equal',
  summary: 'a comparison with all bits of flags, of which the ECN bits are not the author’s business',
  level: 'warning',
  class: 'quick',
  find: function* (program) {
    for (const { formula } of placesOf(program.signatures, 'Compare')) {
      if (formula.operator !== '==' && formula.operator !== '!=') continue;
      const sides = [[formula.left, formula.right] as const, [formula.right, formula.left] as const];
      const found = sides.find(([field, other]) => disregardsEcn(field, other, program));
      if (found) yield findingOf(formula, found[0] === formula.left ? 'left' : 'right', program);
    }
  },
};

const ECN = ['ECE', 'CWR'] as const;

/** A field that has the two, compared with a constant that names neither: whoever names one has thought of them. */
function disregardsEcn(field: Value, other: Value, { ruleset }: Program): boolean {
  if (field.kind !== 'Field' || other.kind !== 'Constant') return false;
  const flags = flagsOf(field, ruleset.layouts);
  const bits = ECN.flatMap((name) => flags?.get(name) ?? []);
  return bits.length === ECN.length && bits.every((bit) => (other.value & bit) === 0n);
}

function findingOf({ operator, span }: Compare, side: 'left' | 'right', program: Program): Finding {
  const text = program.quote(span);
  const written = program.written.test(span);
  const subject = written?.kind === 'Compare' ? written[side] : undefined;
  const edit = subject && { span: { ...subject.span, start: subject.span.end }, text: ` & ~(${ECN.join(' | ')})` };
  const fix: Fix | undefined = edit && { title: 'leave the ECN bits out of the comparison', edits: [edit] };
  const effect = operator === '!=' ? 'it also holds for the same segment with' : 'it misses the same segment with';
  return {
    message: `\`${text}\` compares every bit, so ${effect} \`ECE\` or \`CWR\` set`,
    labels: [{ span }],
    help: `ECN sets these bits (RFC 3168), and so may an attacker; mask them: \`${subject ? program.quote(subject.span) : 'tcp.flags'} & ~(ECE | CWR) ${operator} …\``,
    ...(fix && { fixes: [fix] }),
  };
}
