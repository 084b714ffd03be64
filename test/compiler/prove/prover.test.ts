/** Diagrams say of a packet what the interpreter says, so what they prove for all assignments holds for all packets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { evaluateFormula } from '../../../compiler/backend/interpreter/evaluate.js';
import type { Formula } from '../../../compiler/logic/formula.js';
import type { Value } from '../../../compiler/logic/value.js';
import { proverFor, workshop } from '../../../compiler/prove/prover.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbPackets, arbRules, reproduction } from '../../properties/rulesets.js';
import { compiled, compileSig, core, coreInterpreter, packetFrom } from '../../support/compile.js';
import { arbFormula } from '../../support/formulas.js';
import { arbMutated } from '../../support/packets.js';
import { runs } from '../../support/runs.js';
import { saysOf } from './assignment.js';

/** As whoever proves something makes them: some formulas of chance would have millions of nodes, or take hours with few. */
function madeIn(
  w: ReturnType<typeof workshop>,
  formula: Formula,
  all: readonly Formula[],
): { readonly diagram: number; readonly facts: number } | undefined {
  return w.diagrams.within(1_000_000, () => ({ diagram: w.encode(formula), facts: w.facts(all) }));
}

describe('a diagram', () => {
  test('is true of a packet exactly where its condition is, and facts are true of every packet', () => {
    fc.assert(
      fc.property(arbRules(6), arbPackets, (rules, batch) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const formulas = ruleset.signatures.map((s) => s.when);
        const w = workshop(ruleset.layouts, formulas);
        const shown = formulas.map((formula) => ({ formula, made: madeIn(w, formula, formulas) }));
        const { decode } = interpreter(ruleset);
        for (const packet of batch) {
          const stack = decode(packet);
          for (const { formula, made } of shown) {
            if (!made) continue;
            const { diagram, facts } = made;
            const says = saysOf(w.diagrams, diagram, w.variables.meanings, stack);
            expect(says, reproduction(rules, packet)).toBe(evaluateFormula(formula, stack));
            expect(saysOf(w.diagrams, facts, w.variables.meanings, stack), reproduction(rules, packet)).toBe(true);
          }
        }
      }),
      { numRuns: runs(250) },
    );
  });

  test('is so for every formula there can be, whatever the bytes', () => {
    let [tried, drawn] = [0, 0];
    fc.assert(
      fc.property(arbFormula(3), fc.array(arbMutated, { minLength: 4, maxLength: 8 }), (formula, batch) => {
        const w = workshop(core.layouts, [formula]);
        const made = madeIn(w, formula, [formula]);
        tried++;
        if (!made) return;
        drawn++;
        const { diagram, facts } = made;
        for (const packet of batch) {
          const stack = coreInterpreter.decode(packet);
          expect(saysOf(w.diagrams, diagram, w.variables.meanings, stack)).toBe(evaluateFormula(formula, stack));
          expect(saysOf(w.diagrams, facts, w.variables.meanings, stack)).toBe(true);
        }
      }),
      { numRuns: runs(500) },
    );
    expect(drawn / tried).toBeGreaterThan(0.9);
  });

  test('is so for numbers beyond those that a packet has', () => {
    // Addresses are keys of 131 bits; multiplied, they leave behind every set that is written as ranges.
    const layout = core.layouts.findIndex(({ name }) => name === 'ipv6');
    const field = core.layouts[layout]?.fields.find(({ name }) => name === 'src');
    if (!field) throw new Error('IPv6 has a source');
    const left: Value = { kind: 'Constant', value: -604n };
    const right: Value = { kind: 'Field', header: { layout, slot: 0 }, field };
    const value: Value = { kind: 'Arithmetic', operator: '*', left, right };
    for (const negated of [false, true]) {
      const formula: Formula = { kind: 'Member', value, set: [], negated, span };
      const w = workshop(core.layouts, [formula]);
      const stack = coreInterpreter.decode(packetFrom('ipv6 { src ffff::1 }  tcp'));
      expect(evaluateFormula(formula, stack)).toBe(negated);
      expect(saysOf(w.diagrams, w.encode(formula), w.variables.meanings, stack)).toBe(negated);
    }
  });

  test('facts about all headers together are true of every packet', () => {
    const everything: Formula = {
      kind: 'And',
      of: core.layouts.flatMap(({ index, fields }) => [
        { kind: 'Present', header: { layout: index, slot: 0 }, span },
        ...fields.map((field): Formula => {
          const right = { kind: 'Constant', value: 0n } as const;
          return { kind: 'Compare', operator: '>', left: { kind: 'Field', header: { layout: index, slot: 0 }, field }, right, span };
        }),
      ]),
    }; // prettier-ignore
    const w = workshop(core.layouts, [everything]);
    const facts = w.facts([everything]);
    fc.assert(
      fc.property(arbMutated, (packet) => {
        expect(saysOf(w.diagrams, facts, w.variables.meanings, coreInterpreter.decode(packet))).toBe(true);
      }),
      { numRuns: runs(400) },
    );
  });
});

const span = { file: '', start: 0, end: 0 };

/** The conditions of one signature each. */
function formulasOf(...conditions: readonly string[]): { formulas: Formula[]; prover: ReturnType<typeof proverFor> } {
  const text = conditions.map((when, i) => `signature s${i} { id ${i + 1} when ${when} then log }`).join('\n');
  const { signatures, layouts } = compiled(text);
  return { formulas: signatures.map((s) => s.when), prover: proverFor(layouts) };
}

describe('never', () => {
  test.each([
    'udp.dst_port == 53 and tcp.flags has SYN',
    'ip.protocol == 17 and tcp.dst_port == 80',
    'tcp.dst_port in 1..9 and tcp.dst_port > 9',
    'tcp.flags == SYN and tcp.flags has ACK',
    'tcp.flags & (SYN | FIN) == SYN and tcp.flags has FIN',
    'ipv4.ihl < 5',
    'ipv4.fragment > 0 and tcp.dst_port == 80',
    'ipv4.version != 4',
    'ipv4 and ipv6',
    'tcp.malformed and tcp',
    'tcp.malformed and udp',
    'arp and tcp',
    'tcp.options.mss and not tcp',
    'vlan[1] and not vlan[0]',
    'payload contains "abcd" and payload not contains "bc"',
    'payload contains "ABcd" and payload not contains "bC" nocase',
    'payload contains "abcd" at 3 and payload not contains "bc" in 4..5',
    'payload contains "GET " at 0 and payload contains "POST" at 0',
    'payload contains "abcd" and payload.length < 4',
    'payload contains "ab" in 5..20 and payload.length == 6',
    'payload == "ping" and payload.length > 4',
    'udp.payload contains "abc" and payload not contains "b"',
    'payload.u8(0) == 0x47 and payload contains "POST" at 0',
    'payload.u16(0) == 0x4142 and payload.u16le(0) == 0x4142',
    'payload.u8(-1) == 0x0a and payload contains "\\r\\r" at -2',
    'ip.src in 10.0.0.0/8 and ip.src == 192.168.0.1',
    'ip.src in { 10.0.0.0/8, 2001:db8::/32 } and ipv4.src == 192.168.0.1',
    'ip.ttl < 5 and ipv4.ttl > 9',
    'payload contains "abc" as x and payload contains "def" in x.end..x.end+9 and payload not contains "e"',
    'payload contains "abc" as x and payload.u8(x.end) == 7 and payload.length < 3',
    'payload.dec(0, 5) < 10 and payload.dec(0, 5) > 10',
    'tcp.src_port > tcp.dst_port and tcp.dst_port > tcp.src_port',
    'tcp.window * 2 + 1 == 8',
    'ip.ttl / 16 == 3 and ip.ttl % 64 == 1',
    'tcp.port == 80 and tcp.port not in 1..100',
  ])('%s', (condition) => {
    const { formulas, prover } = formulasOf(condition);
    expect(formulas.map(prover.isNever)).toEqual([true]);
  });

  test.each([
    'udp.dst_port == 53',
    'ip.protocol == 6 and not tcp',
    'ipv4.ihl > 5 and tcp.options.malformed',
    'payload contains "abcd" and payload not contains "bc" in 0..4',
    'payload contains "abcd" nocase and payload not contains "bc"',
    'payload contains "abcd" in 0..9 and payload not contains "bc" in 0..7',
    'payload contains "ab" in 5..20 and payload.length == 7',
    'tcp.port == 80 and tcp.port == 443',
    'vlan and vlan[1] and ipv4',
    'ipv4.malformed and ethernet',
    'payload.u16(0) == 0x4141 and payload.u16le(0) == 0x4141',
    'payload contains "abc" as x and payload contains "abc" in x.end..-1',
  ])('not so: %s', (condition) => {
    const { formulas, prover } = formulasOf(condition);
    expect(formulas.map(prover.isNever)).toEqual([false]);
  });
});

describe('implied', () => {
  test.each([
    ['tcp.dst_port == 80', 'tcp'],
    ['tcp', 'ip'],
    ['tcp.dst_port == 80', 'tcp.port == 80'],
    ['tcp.flags == SYN', 'tcp.flags has SYN'],
    ['ip.src in 10.1.0.0/16', 'ip.src in { 10.0.0.0/8, 2001:db8::/32 }'],
    ['payload contains "abcd"', 'payload contains "bc" nocase'],
    ['payload contains "GET /" at 0', 'payload contains "get" nocase in 0..9'],
    ['payload contains "abcd" in 3..9', 'payload contains "bc" in 4..8'],
    ['payload contains "abcd" in -9..-3', 'payload contains "bc" in -8..-4'],
    ['payload == "x"', 'payload.length < 2'],
    ['tcp.payload contains "x"', 'payload contains "x"'],
    ['tcp.options.mss.value < 100', 'tcp.options.mss'],
    [
      'payload contains "a" as x and payload contains "b" at x.end + 1',
      'payload contains "b" and payload contains "a"',
    ],
    ['tcp', 'ip.protocol == 6'],
  ])('%s => %s', (a, b) => {
    const { formulas, prover } = formulasOf(a, b);
    const [f, g] = formulas;
    expect(f && g && prover.implies(f, g)).toBe(true);
    expect(f && g && prover.implies(g, f)).toBe(false);
  });
});

describe('equal', () => {
  test.each([
    ['tcp.dst_port in 1..3', 'tcp.dst_port > 0 and tcp.dst_port < 4'],
    ['tcp.flags has SYN | ACK', 'tcp.flags & (SYN | ACK) == (SYN | ACK)'],
    ['tcp and tcp.dst_port == 80', 'tcp.dst_port == 80'],
    ['not (tcp or udp)', 'not tcp and not udp'],
    ['payload contains "GET" at 0', 'payload.u24(0) == 0x474554'],
    ['payload contains "12" nocase', 'payload contains "12"'],
    ['not (payload contains "a")', 'not payload or payload not contains "a"'],
    ['tcp.src_port != tcp.dst_port', 'tcp.dst_port > tcp.src_port or tcp.src_port > tcp.dst_port'],
    ['payload contains "a" as x and payload.u8(x.end) == 1', 'payload contains "a" as other and payload.u8(other.end) == 1'],
    ['ip.ttl < 5', 'ipv4.ttl < 5 or ipv6.hop_limit <= 4'],
  ])('%s = %s', (a, b) => {
    const { formulas, prover } = formulasOf(a, b);
    const [f, g] = formulas;
    expect(f && g && prover.equal(f, g)).toBe(true);
  });
}); // prettier-ignore

describe('always', () => {
  test.each(['tcp.dst_port == 80 or not tcp.dst_port == 80', 'not (ipv4 and ipv6)', 'not ipv4.ihl < 5'])('%s', (condition) => {
    const { formulas, prover } = formulasOf(condition);
    expect(formulas.map(prover.isAlways)).toEqual([true]);
  }); // prettier-ignore
});
