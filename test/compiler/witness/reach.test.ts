/** Witnesses in modules, without a policy and under each: every engine says of them what is said of them. */
import { describe, expect, it } from 'vitest';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../../compiler/backend/wasm/evaluator.js';
import { requirementText } from '../../../compiler/explain/requirement-text.js';
import { link } from '../../../compiler/link/link.js';
import { proverFor } from '../../../compiler/prove/prover.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { packetText } from '../../../compiler/witness/packet-text.js';
import { evidenceFor, reachedIn, type SignatureEvidence } from '../../../compiler/witness/signature.js';
import { witnessFinder } from '../../../compiler/witness/witness.js';
import { compiled } from '../../support/compile.js';

const RULES = `
module transport on tcp and ip.ttl > 5 {
  signature syn { id 1 when tcp.flags == SYN then log }
}
module web in transport on tcp.dst_port in { 80, 8080 } {
  signature shell { id 2 when payload contains "/bin/sh" then log, forward worms }
  signature twice { id 3 when payload contains "a" as x and payload contains "b" in x.end..-1 then log, drop }
}
module worms on payload contains "root" as r and payload.u8(r.end) > 100 {
  signature worm { id 4 when payload contains "scripts" as s and payload.u8(s.end) < 50 then log, drop }
}
module inner in worms on payload.length > 20 {
  signature deep { id 5 when payload contains "deep" then log }
}
signature anywhere { id 6 when udp.dst_port == 53 then log, forward inner }
policy campus {
  protect 10.0.1.0/24 with web
  protect 10.0.2.0/24 with worms
  override syn then log, forward web
}
policy strict {
  protect 192.0.2.0/24, 2001:db8::/32 with transport
  disable shell
  otherwise drop
}
`;
/** Not in a chain, disabled, or handed on to by nothing that is reached. */
const UNREACHED: Readonly<Record<string, readonly string[]>> = { campus: ['syn'], strict: ['shell', 'worm'] };
/** Near misses of `twice`. What another switch implies cannot fail by itself; what may be handed on is one part. */
const TWICE: Readonly<Record<string, readonly string[]>> = {
  none: [
    'switch of module transport: none',
    'switch of module transport: packet { ipv4 { ttl 5 }  tcp { dst_port 80 }  payload "ab" }',
    'switch of module web: packet { ipv4  tcp { dst_port 81 }  payload "ab" }',
    'condition: packet { ipv4  tcp { dst_port 80 }  payload "bb" }',
    'condition: packet { ipv4  tcp { dst_port 80 }  payload "ac" }',
  ],
  campus: [
    'policy campus: it covers the packet: none',
    'module web: it is reached by itself, or syn forwards to it: packet { ipv4 { ttl 5  src 10.0.1.1 }  tcp { dst_port 80 }  payload "ab" }',
    'condition: packet { ipv4 { src 10.0.1.1 }  tcp { dst_port 80 }  payload "bb" }',
    'condition: packet { ipv4 { src 10.0.1.1 }  tcp { dst_port 80 }  payload "ac" }',
  ],
  strict: [
    'policy strict: module web is in the packet’s chain: packet { ipv4 { src 0.0.0.1  dst 0.0.0.1 }  tcp { dst_port 80 }  payload "ab" }',
    'switch of module transport: none',
    'switch of module transport: packet { ipv4 { ttl 5 }  tcp { dst_port 80 }  payload "ab" }',
    'switch of module web: packet { ipv4  tcp { dst_port 81 }  payload "ab" }',
    'condition: packet { ipv4  tcp { dst_port 80 }  payload "bb" }',
    'condition: packet { ipv4  tcp { dst_port 80 }  payload "ac" }',
  ],
};
const whole = compiled(RULES);
const rulesets: (readonly [string, Ruleset])[] = [
  ['no policy', whole],
  ...whole.policies.map((policy) => [policy.name, { ...whole, policy }] as const),
];

describe.each(rulesets)('under %s', (_, ruleset) => {
  const { layouts, signatures } = ruleset;
  const [finder, linked, prover] = [witnessFinder(layouts), link(ruleset), proverFor(layouts)];
  const engines = [interpreter, treeEvaluator, wasmEvaluator].map((make) => make(ruleset));
  const matched = (packet: Parameters<typeof finder.holds>[1], index: number): boolean[] =>
    engines.map(({ decode, matching }) => matching(decode(packet)).includes(index));
  const evidence = signatures.map((__, i) => evidenceFor(reachedIn(ruleset, linked, i), finder, prover));
  const found = (name: string): SignatureEvidence => {
    const one = evidence[signatures.findIndex((s) => s.name === name)];
    if (!one) throw new Error(name);
    return one;
  };
  /** What each near miss fails at, with the packet. */
  const misses = (name: string): string[] =>
    found(name).misses.map(({ requirement, witness, isNone }) => {
      const where = requirement ? requirementText(requirement, ruleset) : 'condition';
      return `${where}: ${witness ? (packetText(witness, layouts) ?? '?') : isNone ? 'none' : 'not found'}`;
    });

  it('what can match does, and what cannot is proved', () => {
    const never = signatures.filter((__, i) => {
      const { witness, isNone } = evidence[i] ?? {};
      if (witness) expect(matched(witness.packet, i)).toEqual([true, true, true]);
      return !witness && isNone;
    });
    const unreached = UNREACHED[ruleset.policy?.name ?? 'none'] ?? [];
    expect(never.map(({ name }) => name)).toEqual(unreached);
    expect(evidence.filter(({ witness }) => witness)).toHaveLength(signatures.length - unreached.length);
  });

  it('a near miss matches in no engine, and all else holds', () => {
    evidence.forEach((one, index) => {
      for (const { witness, rest, requirement } of one.misses) {
        if (!witness) continue;
        expect(matched(witness.packet, index)).toEqual([false, false, false]);
        expect(finder.holds(rest, witness.packet)).toBe(true);
        // What fails at how it is reached would match where it stood in no module, and there were no policy.
        const own = signatures[index]?.when;
        if (requirement && own) expect(finder.holds(own, witness.packet)).toBe(true);
      }
    });
    expect(evidence.flatMap((one) => one.misses.filter(({ requirement, witness }) => requirement && witness)).length).toBeGreaterThan(3); // prettier-ignore
  });

  it('a near miss says of which module the switch is', () => {
    expect(misses('twice')).toEqual(TWICE[ruleset.policy?.name ?? 'none']);
  });
});
