/** What a policy makes of packets, by each engine: those that it does not cover, and signatures that do something else under it. */
import { describe, expect, test } from 'vitest';
import { ENGINE_KINDS, loadEngine } from '../../../runtime/engine/load.js';
import { compiled, packetsFrom } from '../../support/compile.js';

const RULES = `module web in tcp on tcp.dst_port == 80 {
  signature cmd { id 1 title "cmd" severity high when payload contains "cmd" then log, drop }
  signature slow { id 2 title "slow" severity low when payload contains "cm" then delay 100us }
  signature slower { id 3 title "slower" severity low when payload contains "c" then delay 1ms }
}
policy strict { protect 10.0.0.0/8 with web  otherwise drop }
policy mild   { protect 10.0.0.0/8 with web  override cmd then log, mark 1  disable slower  otherwise accept }
`;
const inside = 'ipv4 { src 192.0.2.9 dst 10.0.0.1 } tcp { dst_port 80 } payload "cmd"';
const outside = 'ipv4 { src 192.0.2.9 dst 192.0.2.1 } tcp { dst_port 80 } payload "cmd"';

describe.each(ENGINE_KINDS)('%s', (kind) => {
  const judgedUnder = (name: string): readonly unknown[] => {
    const ruleset = compiled(RULES);
    const policy = ruleset.policies.find((one) => one.name === name);
    if (!policy) throw new Error(`no policy ${name}`);
    return [...loadEngine({ ...ruleset, policy }, kind).evaluate(packetsFrom([inside, outside]))];
  };

  test('what is not covered gets what `otherwise` says, and nothing is evaluated', () => {
    expect(judgedUnder('strict')).toEqual([
      { verdict: 'drop', matches: [0, 1, 2], alerts: [0], delay: 1_100_000n },
      { verdict: 'drop', matches: [], alerts: [], uncovered: true },
    ]);
  });

  test('a signature does what the policy says instead, and nothing where it is disabled', () => {
    expect(judgedUnder('mild')).toEqual([
      { verdict: 'accept', matches: [0, 1], alerts: [0], mark: { value: 1, mask: 0xffff_ffff }, delay: 100_000n },
      { verdict: 'accept', matches: [], alerts: [], uncovered: true },
    ]);
  });
});
