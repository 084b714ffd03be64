import type { Atom } from '../../logic/formula.js';
import type { IntSet } from '../../logic/set.js';
import type { Value } from '../../logic/value.js';
import { placesOf } from '../conditions.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';

type Test = Extract<Atom, { kind: 'Compare' | 'Member' }>;

/** A hop count is one less behind every router, and its sender chooses where it begins; a checksum changes with addresses and ports. */
export const volatileField: Lint = {
  name: 'volatile-field',
  summary: 'a match that hangs on a number which changes on the way',
  level: 'warning',
  class: 'quick',
  find: function* (program) {
    for (const { formula } of placesOf(program.signatures, 'Compare', 'Member')) {
      const finding = findingOf(formula, program);
      if (finding) yield finding;
    }
  },
};

/** Fields by their names, because protocols agree on these: what each value that is honest in itself may be. */
const HOPS = new Set(['ttl', 'hop_limit']);
/** Beside 0 and 1, where a packet ends, and 255, which proves that nobody has forwarded it (RFC 5082). */
const HOPS_THAT_SAY_SOMETHING = new Set([0n, 1n, 255n]);

function findingOf(test: Test, program: Program): Finding | undefined {
  const asked = singleValues(test);
  if (asked === undefined) return undefined;
  const names = fieldsIn(asked.of);
  const isHops = names.length > 0 && names.every((name) => HOPS.has(name));
  const isChecksum = names.length > 0 && names.every((name) => name === 'checksum');
  const text = `\`${program.quote(test.span)}\``;
  const labels = [{ span: test.span }];
  if (isHops && asked.values.some((value) => !HOPS_THAT_SAY_SOMETHING.has(value)))
    return {
      message: `${text} is decided by how many routers the packet has met`,
      labels,
      help: 'a range holds for any distance: `in 1..64`; and whoever sends the packet chooses where it begins',
    };
  if (isChecksum && asked.values.some((value) => value !== 0n))
    return {
      message: `${text} hangs on a checksum, which changes with every address and port`,
      labels,
      help: 'ask for the bytes that are meant; nothing says either that the checksum is right',
    };
  return undefined;
}

/** A value that is compared with single numbers, not with ranges. */
function singleValues(test: Test): { readonly of: Value; readonly values: readonly bigint[] } | undefined {
  if (test.kind === 'Member')
    return isSingle(test.set) ? { of: test.value, values: test.set.map(({ low }) => low) } : undefined;
  if (test.operator !== '==' && test.operator !== '!=') return undefined;
  const { left, right } = test;
  if (right.kind === 'Constant') return { of: left, values: [right.value] };
  return left.kind === 'Constant' ? { of: right, values: [left.value] } : undefined;
}

function isSingle(set: IntSet): boolean {
  return set.length > 0 && set.every(({ low, high }) => low === high);
}

function fieldsIn(value: Value): readonly string[] {
  if (value.kind === 'Field') return [value.field.name];
  return value.kind === 'First' ? value.of.flatMap(fieldsIn) : [];
}
