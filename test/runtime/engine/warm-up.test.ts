/** The traffic that engines warm up with. */
import { expect, test } from 'vitest';
import { plainTraffic } from '../../../runtime/engine/warm-up.js';
import { compiled, coreInterpreter } from '../../support/compile.js';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';

test('is of both versions of IP and of each usual protocol, and contradicts itself nowhere', () => {
  const names = ['ipv4', 'ipv6', 'tcp', 'udp', 'icmp', 'icmpv6', 'ethernet', 'malformed'];
  const rules = names.map((name, i) => `signature ${name}_seen { id ${i + 1} when ${name === 'malformed' ? 'ipv4.malformed or tcp.malformed or udp.malformed' : name} then log }`); // prettier-ignore
  const { matching } = interpreter(compiled(rules.join('\n')));
  const seen = new Map<string, number>();
  for (const packet of plainTraffic())
    for (const index of matching(coreInterpreter.decode(packet)))
      seen.set(names[index] ?? '', (seen.get(names[index] ?? '') ?? 0) + 1);
  expect([...seen.keys()].sort()).toEqual(names.slice(0, -1).sort());
  expect(Math.min(...seen.values())).toBeGreaterThan(10);
});
