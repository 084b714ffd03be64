/**
 * The prover against a solver by other people that works in another way (MiniSat, as the package `logic-solver`). What the tests write is
 * translated twice: by the compiler, and here, straight from what the words mean. In this part of the language the prover must find
 * everything that there is to prove.
 */
import fc from 'fast-check';
import Logic, { type Bits, type Operand } from 'logic-solver';
import { describe, expect, test } from 'vitest';
import { proverFor } from '../../../compiler/prove/prover.js';
import { compiled } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

/** A condition in words, and what it means to the solver. */
interface Told {
  readonly text: string;
  readonly means: Operand;
}

const LITERALS = ['a', 'ab', 'abc', 'bc', 'xbcx'] as const;
const FLAGS = { SYN: 0x02, ACK: 0x10, FIN: 0x01 } as const;

const ports: Readonly<Record<string, Bits>> = {
  'tcp.src_port': Logic.variableBits('sport', 16),
  'tcp.dst_port': Logic.variableBits('dport', 16),
  'udp.dst_port': Logic.variableBits('udport', 16),
};
const flags = Logic.variableBits('flags', 8);

/** What is true of every packet, of what is talked about here. */
const AXIOMS: readonly Operand[] = [
  Logic.not(Logic.and('tcp', 'udp')),
  ...LITERALS.flatMap((long) =>
    LITERALS.filter((short) => short !== long && long.includes(short)).map((short) => Logic.implies(has(long), has(short))),
  ),
  ...LITERALS.map((literal) => Logic.implies(has(literal), Logic.or('tcp', 'udp', 'other'))),
  Logic.not(Logic.and('other', Logic.or('tcp', 'udp'))),
]; // prettier-ignore

function has(literal: string): Operand {
  return `has ${literal}`;
}

const port = fc.constantFrom(0, 22, 79, 80, 81, 443, 65535);
const between = (bits: Bits, low: number, high: number): Operand =>
  Logic.and(
    Logic.lessThanOrEqual(Logic.constantBits(low), bits),
    Logic.lessThanOrEqual(bits, Logic.constantBits(high)),
  );

const arbAtom: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(fc.constantFrom(...Object.keys(ports)), port, port, fc.boolean()).map(([field, a, b, isNot]): Told => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const inside = between(ports[field] ?? flags, low, high);
    // Of all ports, the range would be decided beforehand.
    if (low === 0 && high === 65535) return { text: field.slice(0, 3), means: field.slice(0, 3) };
    const text = `${field} ${isNot ? 'not in' : 'in'} ${low}..${high}`;
    return { text, means: Logic.and(field.slice(0, 3), isNot ? Logic.not(inside) : inside) };
  }),
  fc.tuple(fc.constantFrom('SYN', 'ACK', 'FIN' as const), fc.boolean()).map(([flag, isLacking]): Told => {
    const bit = flags.bits[Math.log2(FLAGS[flag])] ?? Logic.FALSE;
    return { text: `tcp.flags ${isLacking ? 'lacks' : 'has'} ${flag}`, means: Logic.and('tcp', isLacking ? Logic.not(bit) : bit) };
  }),
  fc.constantFrom('SYN', 'SYN | ACK', 'FIN' as const).map((set): Told => {
    const value = set.split(' | ').reduce((sum, flag) => sum + FLAGS[flag as keyof typeof FLAGS], 0);
    return { text: `tcp.flags == ${set}`, means: Logic.and('tcp', Logic.equalBits(flags, Logic.constantBits(value))) };
  }),
  fc.tuple(fc.constantFrom(...LITERALS), fc.boolean()).map(([literal, isNot]): Told => {
    const there = Logic.or('tcp', 'udp', 'other');
    return isNot
      ? { text: `payload not contains "${literal}"`, means: Logic.and(there, Logic.not(has(literal))) }
      : { text: `payload contains "${literal}"`, means: has(literal) };
  }),
  fc.constantFrom('tcp', 'udp').map((name): Told => ({ text: name, means: name })),
); // prettier-ignore

const { condition } = fc.letrec<{ condition: Told }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    arbAtom,
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]): Told => ({ text: `(${a.text} and ${b.text})`, means: Logic.and(a.means, b.means) })),
    fc.tuple(tie('condition'), tie('condition')).map(([a, b]): Told => ({ text: `(${a.text} or ${b.text})`, means: Logic.or(a.means, b.means) })),
    tie('condition').map((a): Told => ({ text: `not (${a.text})`, means: Logic.not(a.means) })),
  ),
})); // prettier-ignore

/** Whether no world satisfies it. */
function isNever(...claims: readonly Operand[]): boolean {
  const solver = new Logic.Solver();
  solver.require(...AXIOMS, ...claims);
  return solver.solve() === null;
}

describe('the prover and an independent solver', () => {
  test('say the same of what follows, of what never and of what always holds', () => {
    const found = { follows: 0, never: 0 };
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        const [f, g] = compiled([a, b].map(({ text }, i) => `signature s${i} { id ${i + 1} when ${text} then log }`).join('\n')).signatures.map((s) => s.when); // prettier-ignore
        if (!f || !g) throw new Error('two signatures have two conditions');
        const prover = proverFor(compiled('').layouts);
        const follows = isNever(a.means, Logic.not(b.means));
        found.follows += follows ? 1 : 0;
        found.never += isNever(a.means) ? 1 : 0;
        expect(prover.implies(f, g), `${a.text}  =>  ${b.text}`).toBe(follows);
        expect(prover.equal(f, g), `${a.text}  =  ${b.text}`).toBe(follows && isNever(b.means, Logic.not(a.means)));
        expect(prover.isNever(f), a.text).toBe(isNever(a.means));
        expect(prover.isAlways(f), a.text).toBe(isNever(Logic.not(a.means)));
      }),
      { numRuns: runs(60) },
    );
    // Where nothing follows from anything, everybody agrees.
    expect(found.follows).toBeGreaterThan(2);
    expect(found.never).toBeGreaterThan(0);
  });
});
