/** A ruleset comes back from its bytes as it was, and bytes that nobody wrote are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../cli/load.js';
import { Malformed } from '../../../compiler/artefact/bytes.js';
import { decodeLogic, encodeLogic } from '../../../compiler/artefact/logic.js';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../../compiler/backend/tree/evaluator.js';
import type { Formula, Literal } from '../../../compiler/logic/formula.js';
import type { Value } from '../../../compiler/logic/value.js';
import type { Module, Policy, Ruleset, Signature } from '../../../compiler/ruleset.js';
import { isClean } from '../../../grammar/diagnostic.js';
import type { Packet } from '../../../runtime/packet.js';
import { arbModular } from '../../properties/modular.js';
import { arbPackets, arbRules } from '../../properties/rulesets.js';
import { compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const encoded = ({ tests: _tests, ...ruleset }: Ruleset): Uint8Array =>
  encodeLogic({ ruleset, lines: [{ name: 'main.sig', starts: [3, 9] }] }, (file) => file);

describe('a ruleset', () => {
  test('that ships comes back as it was', () => {
    const { ruleset } = loadRules(['rules']);
    const { tests: _tests, ...said } = ruleset;
    const bytes = encoded(ruleset);
    const read = decodeLogic(bytes);
    // The ends of a header are whole fields in memory, of which only the place counts.
    expect(said).toMatchObject(read.ruleset);
    expect(read.lines).toEqual([{ name: 'main.sig', starts: [3, 9] }]);
    expect(encoded({ ...read.ruleset, tests: [] })).toEqual(bytes);
  });

  test('judges as before', () => {
    fc.assert(
      fc.property(arbRules(8), arbPackets, (rules, packets) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const [before, after] = [interpreter(ruleset), interpreter(decodeLogic(encoded(ruleset)).ruleset)];
        for (const packet of packets) {
          expect(after.matching(after.decode(packet))).toEqual(before.matching(before.decode(packet)));
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('modules and policies', () => {
  test('judge as before', () => {
    fc.assert(
      fc.property(arbModular, arbPackets, ({ ruleset, text }, packets) => {
        const bytes = encoded(ruleset);
        const read = { ...decodeLogic(bytes).ruleset, tests: [] };
        expect(encoded(read), text).toEqual(bytes);
        const [before, after] = [interpreter(ruleset), treeEvaluator(read)];
        for (const packet of packets) {
          expect(after.matching(after.decode(packet)), text).toEqual(before.matching(before.decode(packet)));
        }
      }),
      { numRuns: runs(60) },
    );
  });

  const { ruleset } = compileSig(
    'module a on tcp { signature s { id 1 when ip then log, forward b } }\nmodule b in a { signature t { id 2 when ip then log } }\n' +
      'policy p { protect 10.0.0.0/8 with a  disable t  override s then log }',
  );
  const [a, b] = ['a', 'b'].map((name) => ruleset.modules.findIndex((module) => module.name === name)) as [
    number,
    number,
  ];
  const [s, t] = ruleset.signatures as [Signature, Signature];
  const [policy] = ruleset.policies as [Policy];
  const count = { by: [], more: 1, nanoseconds: 1n };
  const actions = { log: true, verdict: 'accept' } as const;
  const changed = (place: number, changes: object): Partial<Ruleset> => ({
    modules: ruleset.modules.map((module, i) => (i === place ? { ...module, ...changes } : module)),
  });

  test.each<[string, Partial<Ruleset>]>([
    ['a signature in a module that is not there', { signatures: [{ ...s, module: 1000 }, t] }],
    ['a forward to one that is not there', { signatures: [{ ...s, forward: [1000] }, t] }],
    ['a forward out of order', { signatures: [{ ...s, forward: [b, b] }, t] }],
    ['a forward of a signature that counts', { signatures: [{ ...s, count }, t] }],
    ['a forward in a circle', { signatures: [s, { ...t, forward: [a] }] }],
    ['a parent that is not there', changed(a, { parent: 1000 })],
    ['a module in itself', changed(a, { parent: a })],
    ['modules in each other', changed(a, { parent: b })],
    [
      'a policy for a module that is not there',
      { policies: [{ ...policy, protect: [{ networks: [], modules: [1000] }] }] },
    ],
    ['a policy about a signature that is not there', { policies: [{ ...policy, disabled: [2] }] }],
    ['an override of one that is not there', { policies: [{ ...policy, overrides: [{ signature: 2, actions }] }] }],
    [
      'two overrides of one',
      { policies: [{ ...policy, overrides: [0, 0].map((signature) => ({ signature, actions })) }] },
    ],
    [
      'an override that makes a circle',
      { policies: [{ ...policy, overrides: [{ signature: 1, actions: { ...actions, forward: [a] } }] }] },
    ],
  ])('are refused: %s', (_, changes) => {
    expect(() => decodeLogic(encoded({ ...ruleset, ...changes }))).toThrow(Malformed);
  });

  describe('are refused where reaching them would take forever', () => {
    const copies = (count: number): Module[] =>
      Array.from({ length: count }, (_, i) => ({ ...(ruleset.modules[a] as Module), name: `m${i}` }));
    const read = (signatures: readonly Signature[], count: number): Ruleset['modules'] =>
      decodeLogic(encoded({ ...ruleset, policies: [], modules: copies(count), signatures })).ruleset.modules;

    test('as they forward one after the other', () => {
      const chain = Array.from({ length: 100 }, (_, i) => ({ ...s, module: i, forward: [i + 1] }));
      expect(read(chain.slice(0, 60), 101)).toHaveLength(101);
      expect(() => read(chain, 101)).toThrow('its modules cannot be linked');
    });

    test('as each is reached by several ways, and each of these by several', () => {
      const row = (level: number): number[] => [0, 1, 2].map((place) => 3 * level + place);
      const ways = Array.from({ length: 20 }, (_, level) =>
        row(level).map((module) => ({ ...s, module, forward: row(level + 1) })),
      ).flat();
      expect(read(ways.slice(0, 12), 63)).toHaveLength(63);
      expect(() => read(ways, 63)).toThrow('its modules cannot be linked');
    });
  });
});

describe('what is shared', () => {
  const { ruleset } = compileSig('signature s { id 1 when payload contains "a" then log }');
  const [signature] = ruleset.signatures;
  const withCondition = (when: Formula): Ruleset => ({
    ...ruleset,
    signatures: signature ? [{ ...signature, when }] : [],
  });
  const readCondition = (when: Formula): Formula => {
    const [found] = decodeLogic(encoded(withCondition(when))).ruleset.signatures;
    return found?.when ?? { kind: 'False' };
  };
  const span = { file: 'main.sig', start: 0, end: 1 };
  const contains = (layout: number, literal: Literal): Formula => {
    return { kind: 'Contains', bytes: [{ layout, slot: 0 }], literal, negated: false, span };
  };
  const literal: Literal = { bytes: Uint8Array.of(1), nocase: false, first: 0, last: -1 };

  test('is one object again, and what only looks alike is two', () => {
    const read = readCondition({ kind: 'And', of: [contains(0, literal), contains(1, literal)] });
    const [one, other] = read.kind === 'And' ? read.of : [];
    expect(one?.kind === 'Contains' && other?.kind === 'Contains' && one.literal === other.literal).toBe(true);
    const apart = readCondition({ kind: 'And', of: [contains(0, literal), contains(1, { ...literal })] });
    const [left, right] = apart.kind === 'And' ? apart.of : [];
    expect(left?.kind === 'Contains' && right?.kind === 'Contains' && left.literal !== right.literal).toBe(true);
  });

  test('is written once, and refused where evaluating it would take forever', () => {
    let formula = contains(0, literal);
    for (let level = 0; level < 12; level++) formula = { kind: 'And', of: [formula, formula] };
    expect(readCondition(formula)).toEqual(formula);
    expect(encoded(withCondition(formula)).length).toBeLessThan(encoded(ruleset).length + 200);
    for (let level = 0; level < 30; level++) formula = { kind: 'And', of: [formula, formula] };
    expect(() => readCondition(formula)).toThrow(Malformed);
  });

  test('is refused in a signature where it is about the header that is being decoded', () => {
    expect(() => readCondition({ kind: 'Present', header: { layout: 0, slot: 'current' }, span })).toThrow(
      'it refers to a header that nobody decodes',
    );
  });

  test.each([999, 1001])('%i levels deep does not exhaust the stack', (depth) => {
    let value: Value = { kind: 'Constant', value: -(1n << 130n) };
    let formula = contains(0, literal);
    for (let level = 2; level < depth; level++) {
      value = { kind: 'Negate', of: value };
      formula = { kind: 'Not', of: formula };
    }
    const compare: Formula = { kind: 'Compare', operator: '<', left: value, right: value, span };
    for (const when of [formula, compare]) {
      if (depth > 1000) expect(() => readCondition(when)).toThrow(Malformed);
      else expect(readCondition(when).kind).toBe(when.kind);
    }
  });
});

describe('bytes that nobody wrote', () => {
  const bytes = encoded(
    compileSig(
      'signature s { id 1 when payload contains "a" as x and payload.u8(x.end) == 3 or ip.src in { 10.0.0.0/8 } then log }',
    ).ruleset,
  );

  /** Whether they are refused; anything but a refusal or a ruleset that runs is a failure. */
  const isRefused = (altered: Uint8Array, packets: readonly Packet[] = []): boolean => {
    try {
      const { matching, decode } = interpreter(decodeLogic(altered).ruleset);
      for (const packet of packets) matching(decode(packet));
      return false;
    } catch (cause) {
      expect(cause).toBeInstanceOf(Malformed);
      return true;
    }
  };

  test('because they end too early', () => {
    for (let length = 0; length < bytes.length; length += 1 + (length % 7))
      expect(isRefused(bytes.subarray(0, length))).toBe(true);
  });

  test('because some were changed, are refused or give a ruleset', () => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), arbPackets, (changes, packets) => {
        const altered = bytes.slice();
        for (const { at, byte } of changes) altered[at] = byte;
        isRefused(altered, packets);
      }),
      { numRuns: runs(1000) },
    );
  });
});
