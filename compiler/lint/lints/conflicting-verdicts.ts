import { all } from '../../logic/formula.js';
import type { Signature } from '../../ruleset.js';
import { witnessFinder, type WitnessFinder } from '../../witness/witness.js';
import type { Finding, Lint } from '../lint.js';
import { namesOf } from '../names.js';
import type { LintedSignature, Program } from '../program.js';

/** Where both match, `pass` wins. A packet for which they do is looked for, so it is not said of signatures that never meet. */
export const conflictingVerdicts: Lint = {
  name: 'conflicting-verdicts',
  summary: 'a `pass` that lets through what other signatures would stop',
  level: 'note',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const finder = witnessFinder(program.ruleset.layouts);
    const stopping = program.widest().signatures.filter(({ verdict }) => verdict === 'drop' || verdict === 'reject');
    return program.signatures.flatMap((one) =>
      one.signature.verdict === 'pass' ? findingFor(one, stopping, finder, program) : [],
    );
  },
};

/** So many are looked for and named; a search takes a millisecond or a few. */
const MOST_NAMED = 3;
const MOST_TRIED = 200;

function findingFor(
  { signature, decl, reached }: LintedSignature,
  stopping: readonly Signature[],
  finder: WitnessFinder,
  { proofs, widest }: Program,
): readonly Finding[] {
  // What never stops a packet at all is a finding of its own.
  const overruled = new Set(proofs().overruled.map(({ signature: at }) => widest().signatures[at]));
  const met: Signature[] = [];
  for (const other of stopping.slice(0, MOST_TRIED)) {
    if (met.length === MOST_NAMED) break;
    if (!overruled.has(other) && finder.find(all([reached().when, other.when]))) met.push(other);
  }
  if (met.length === 0) return [];
  const then = decl.entries.find(({ kind }) => kind === 'Then')?.span ?? decl.name.span;
  const more = met.length === MOST_NAMED ? ', and perhaps others,' : '';
  return [
    {
      message: `\`${signature.name}\` passes packets that ${namesOf(met)}${more} would stop`,
      labels: [{ span: then }, ...met.map(({ span }) => ({ span, text: 'would stop them' }))],
      help: '`pass` is stronger: where that is not meant, narrow its condition; `sigward witness` shows packets',
    },
  ];
}
