import { wordsOf } from '../../explain/words.js';
import type { Layout } from '../../logic/layout.js';
import type { Value } from '../../logic/value.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature, Program } from '../program.js';
import { valuesWithin } from '../../logic/walk.js';

/**
 * Packets are counted as they pass by. One that its host throws away (a wrong checksum, a hop count that ends before it: Ptacek and
 * Newsham's insertion) counts as well, and so does one with another's address in it.
 */
export const forgeableCount: Lint = {
  name: 'forgeable-count',
  summary: 'a count that drops, which forged packets can lead against others',
  level: 'warning',
  class: 'quick',
  find: (program) => program.signatures.flatMap((one) => findingFor(one, program)),
};

function findingFor({ decl, signature }: LintedSignature, { ruleset }: Program): readonly Finding[] {
  const { count, verdict } = signature;
  if (!count || (verdict !== 'drop' && verdict !== 'reject')) return [];
  const span = decl.entries.find(({ kind }) => kind === 'Count')?.span ?? decl.name.span;
  const source = count.by.find((key) => isSource(key, ruleset.layouts));
  if (source === undefined)
    return [
      {
        message: `whoever sends so many packets has those of everybody else dropped by \`${signature.name}\``,
        labels: [{ span }],
        help: 'count by the sender, too: `by ip.src, …`; or log, and do not drop',
      },
    ];
  const name = wordsOf(ruleset).value(source);
  return [
    {
      message: `whoever forges \`${name}\` has another’s packets dropped by \`${signature.name}\``,
      labels: [{ span }],
      help: 'packets that no host accepts (checksum, hop count) are counted, too: log and do not drop, or say why it may be',
    },
  ];
}

/** Whether a key tells senders apart. */
function isSource(key: Value, layouts: readonly Layout[]): boolean {
  return [...valuesWithin(key)].some((value) => {
    if (value.kind !== 'Field') return false;
    const isAddress = value.field.type !== 'int';
    const ends = layouts[value.header.layout]?.ends;
    if (ends) return isAddress && value.field.offset === ends.source.offset;
    // A header without two ends (ARP) names its sender in its own way.
    return isAddress;
  });
}
