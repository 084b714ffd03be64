/** Evidence says what the interpreter says, of every part; and what it points at is there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateFormula } from '../../../compiler/backend/interpreter/evaluate.js';
import type { Stack } from '../../../compiler/backend/interpreter/stack.js';
import { type AtomEvidence, type Evidence, explainFormula } from '../../../compiler/explain/evidence.js';
import type { Formula } from '../../../compiler/logic/formula.js';
import { compiled, coreInterpreter, packetFrom } from '../../support/compile.js';
import { arbFormula } from '../../support/formulas.js';
import { arbMutated, arbPacket } from '../../support/packets.js';
import { runs } from '../../support/runs.js';

/** Every part of the formula outside of occurrences, whose parts have no meaning by themselves, with its evidence. */
function parts(formula: Formula, evidence: Evidence): (readonly [Formula, Evidence])[] {
  const own = [[formula, evidence] as const];
  if (formula.kind === 'Not' && evidence.kind === 'Not') return [...own, ...parts(formula.of, evidence.of)];
  if ((formula.kind === 'And' || formula.kind === 'Or') && evidence.kind === formula.kind) {
    return [...own, ...formula.of.flatMap((part, i) => parts(part, evidence.of[i] ?? evidence))];
  }
  return own;
}

describe('evidence of any formula and packet', () => {
  it('holds where the interpreter says that the formula does, in every part', () => {
    const property = fc.property(arbFormula(), fc.oneof(arbPacket, arbMutated), (formula, packet) => {
      const stack = coreInterpreter.decode(packet);
      for (const [part, evidence] of parts(formula, explainFormula(formula, stack))) {
        expect(evidence.holds).toBe(evaluateFormula(part, stack));
      }
    });
    fc.assert(property, { numRuns: runs(1500) });
  });

  it('names what is missing exactly where an atom reads something that is not there, and places within the packet', () => {
    const property = fc.property(arbFormula(0), fc.oneof(arbPacket, arbMutated), (formula, packet) => {
      const evidence = explainFormula(formula, coreInterpreter.decode(packet));
      if (evidence.kind !== 'Atom') throw new Error('an atom gives the evidence of one');
      if (evidence.gap) expect(evidence.holds).toBe(false);
      for (const { place, result, gap } of evidence.readings) {
        if (gap) expect(result).toBeUndefined();
        if (place) expect(place.end).toBeLessThanOrEqual(packet.bytes.length);
      }
      if (evidence.atom.kind === 'Compare') {
        expect(evidence.gap === undefined).toBe(evidence.left !== undefined && evidence.right !== undefined);
      }
    });
    fc.assert(property, { numRuns: runs(1500) });
  });
});

function evidenceOf(condition: string, packet: string, changes = {}): Evidence {
  const { signatures } = compiled(`signature s { id 1 title "s" severity low when ${condition} then log }`);
  const [signature] = signatures;
  if (!signature) throw new Error('no signature');
  const stack: Stack = coreInterpreter.decode(packetFrom(packet, changes));
  return explainFormula(signature.when, stack);
}

function atomOf(condition: string, packet: string): AtomEvidence {
  const evidence = evidenceOf(condition, packet);
  if (evidence.kind !== 'Atom') throw new Error(`not an atom: ${evidence.kind}`);
  return evidence;
}

describe('evidence of an atom', () => {
  it('has the value that was read and its bytes in the packet', () => {
    const { holds, readings } = atomOf('tcp.dst_port == 80', 'ipv4 tcp { dst_port 22 }');
    expect({ holds, readings }).toMatchObject({
      holds: false,
      readings: [{ result: 22n, place: { start: 22, end: 24 } }],
    });
  });

  it('reads a view from the header that is there', () => {
    const { readings } = atomOf('ip.ttl == 3', 'ipv6 { hop_limit 3 } udp');
    expect(readings).toMatchObject([{ result: 3n, place: { start: 7, end: 8 } }]);
  });

  it('tells occurrences in the window from those outside', () => {
    const { holds, search } = atomOf('payload contains "ab" in 2..6', 'ipv4 udp { payload "ab ab ab" }');
    expect(holds).toBe(true);
    expect(search).toEqual({ start: 28, length: 8, room: { from: 2, to: 5 }, inside: [3], outside: [0, 6] });
  });

  it('has no room in a window beyond the bytes', () => {
    const { holds, search } = atomOf('payload contains "ab" at 100', 'ipv4 udp { payload "ab" }');
    expect({ holds, search }).toMatchObject({ holds: false, search: { room: undefined, inside: [], outside: [0] } });
  });

  it('says which header is missing', () => {
    expect(atomOf('tcp.dst_port == 80', 'ipv4 udp').gap).toMatchObject({ kind: 'Header' });
    expect(atomOf('payload contains "x"', 'ipv4').gap).toEqual({ kind: 'Bytes', bytes: 'transport' });
  });
});
