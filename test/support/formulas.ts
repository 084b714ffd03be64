/** Formulas at random over the core stack: everything that conditions can become, and what no author would write. */
import fc from 'fast-check';
import type { Atom, Formula, Literal, Occurs } from '../../compiler/logic/formula.js';
import { setOf } from '../../compiler/logic/set.js';
import type { BytesRef, HeaderRef, Value } from '../../compiler/logic/value.js';
import { core } from './compile.js';

const span = { file: 'main.sig', start: 0, end: 0 };

const HEADERS = ['tcp', 'udp', 'icmp', 'ipv4', 'ipv6', 'vlan', 'ipv6_dest'];

const refs: readonly HeaderRef[] = core.layouts
  .filter((layout) => HEADERS.includes(layout.name))
  .flatMap((layout) => [
    ...Array.from({ length: Math.min(2, layout.slots) }, (_, slot) => ({ layout: layout.index, slot })),
    ...layout.lists.flatMap(({ cases }, list) =>
      cases.flatMap((c, at) =>
        c.action === 'entry' ? [{ layout: layout.index, slot: 0, entry: { list, case: at } }] : [],
      ),
    ),
  ]);

const fields: readonly Value[] = refs.flatMap((header) => {
  const layout = core.layouts[header.layout];
  const list = header.entry && layout?.lists[header.entry.list]?.cases[header.entry.case]?.fields;
  return (list ?? layout?.fields ?? []).map(({ name, offset, width, type }): Value => {
    return { kind: 'Field', header, field: { name, offset, width, type } };
  });
});

const views: readonly Value[] = core.views.flatMap((view) => view.fields.map((field) => field.value));
const carriers: readonly BytesRef[] = [
  'transport',
  ...refs.filter((ref) => !ref.entry).map((ref) => [ref]),
  ...core.views.map((view) => view.headers.map((layout) => ({ layout, slot: 0 }))),
];

const arbNumber = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: -70_000n, max: 70_000n }));
const arbBytes = fc.constantFrom(...carriers);
const arbCompareOperator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=' as const);

/** Values; `name` is an occurrence that they may refer to. */
function arbValue(depth: number, name: number | undefined): fc.Arbitrary<Value> {
  const constant = arbNumber.map((value): Value => ({ kind: 'Constant', value }));
  const leaves: fc.Arbitrary<Value>[] = [
    fc.constantFrom(...fields),
    fc.constantFrom(...views),
    constant,
    arbBytes.map((bytes): Value => ({ kind: 'Length', bytes })),
  ];
  if (name !== undefined) leaves.push(fc.constant<Value>({ kind: 'Occurrence', name }));
  if (depth === 0) return fc.oneof(...leaves);
  const inner = arbValue(depth - 1, name);
  return fc.oneof(
    ...leaves,
    fc
      .record({ bytes: arbBytes, position: inner, size: fc.constantFrom(1, 2, 3, 4 as const), little: fc.boolean() })
      .map((read): Value => ({ kind: 'Read', ...read })),
    fc
      .record({
        bytes: arbBytes,
        position: inner,
        most: fc.integer({ min: 1, max: 10 }),
        base: fc.constantFrom(10, 16 as const),
      }) // prettier-ignore
      .map((digits): Value => ({ kind: 'Digits', ...digits })),
    inner.map((of): Value => ({ kind: 'Negate', of })),
    fc.tuple(inner, inner).map(([a, b]): Value => ({ kind: 'First', of: [a, b] })),
    fc
      .record({
        operator: fc.constantFrom('+', '-', '*', '/', '%', '&', '|', '^', '<<', '>>' as const),
        left: inner,
        right: inner,
      })
      .map((parts): Value => ({ kind: 'Arithmetic', ...parts })),
  );
}

const arbLiteral: fc.Arbitrary<Literal> = fc
  .record({
    bytes: fc.uint8Array({ minLength: 1, maxLength: 3, max: 3 }),
    nocase: fc.boolean(),
    first: fc.integer({ min: -12, max: 12 }),
    last: fc.integer({ min: -12, max: 30 }),
    anywhere: fc.boolean(),
  })
  .map(({ bytes, nocase, first, last, anywhere }) =>
    anywhere ? { bytes, nocase, first: 0, last: -1 } : { bytes, nocase, first, last },
  );

function arbWindow(name: number | undefined): fc.Arbitrary<{ first: Value; last: Value } | undefined> {
  return fc.option(fc.record({ first: arbValue(1, name), last: arbValue(1, name) }), { nil: undefined });
}

function arbAtom(name: number | undefined): fc.Arbitrary<Atom> {
  const value = arbValue(2, name);
  const set = fc.array(fc.tuple(arbNumber, fc.bigInt({ min: 0n, max: 300n })), { maxLength: 4 });
  return fc.oneof(
    fc.constantFrom(...refs).map((header): Atom => ({ kind: 'Present', header, span })),
    arbBytes.map((bytes): Atom => ({ kind: 'PresentBytes', bytes, span })),
    fc.constantFrom(...refs).map(({ layout, entry }): Atom => {
      return { kind: 'Malformed', layout, ...(entry && { list: entry.list }), span };
    }),
    fc.constantFrom('truncated', 'too_deep' as const).map((property): Atom => ({ kind: 'Packet', property, span })),
    fc
      .record({ operator: arbCompareOperator, left: value, right: value })
      .map((parts): Atom => ({ kind: 'Compare', ...parts, span })),
    fc.record({ value, set, negated: fc.boolean() }).map((member): Atom => {
      const ranges = member.set.map(([low, size]) => ({ low, high: low + size }));
      return { kind: 'Member', ...member, set: setOf(ranges), span };
    }),
    fc
      .record({ bytes: arbBytes, literal: arbLiteral, window: arbWindow(name), negated: fc.boolean() })
      .map(({ window, ...parts }): Atom => ({ kind: 'Contains', ...parts, ...(window && { window }), span })),
  );
}

/** Formulas that keep the law of `Occurs`: each part refers to the innermost name only. */
export function arbFormula(depth = 3, name?: number): fc.Arbitrary<Formula> {
  const atom = arbAtom(name);
  if (depth === 0) return atom;
  const inner = arbFormula(depth - 1, name);
  const parts = fc.array(inner, { minLength: 1, maxLength: 3 });
  const occurs = fc
    .record({
      bytes: arbBytes,
      literal: arbLiteral,
      window: arbWindow(name),
      where: arbFormula(depth - 1, depth),
    })
    .map(({ window, ...rest }): Occurs => ({ kind: 'Occurs', ...rest, ...(window && { window }), name: depth, span }));
  return fc.oneof(
    fc.constantFrom<Formula>({ kind: 'True' }, { kind: 'False' }),
    atom,
    atom,
    occurs,
    parts.map((of): Formula => ({ kind: 'And', of })),
    parts.map((of): Formula => ({ kind: 'Or', of })),
    inner.map((of): Formula => ({ kind: 'Not', of })),
  );
}
