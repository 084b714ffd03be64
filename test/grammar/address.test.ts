import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, formatAddressIn } from '../../grammar/literals.js';
import { runs } from '../support/runs.js';

const FAMILIES = { addr4: 4, addr6: 16, mac: 6 } as const;

describe('an address', () => {
  test.each(Object.entries(FAMILIES))('of a packet is written like its value (%s)', (name, length) => {
    const family = name as keyof typeof FAMILIES;
    // Zeros next to each other, which IPv6 leaves out, are seldom otherwise.
    const byte = fc.oneof(fc.constant(0), fc.nat(255));
    const bytes = fc
      .uint8Array({ minLength: length, maxLength: length })
      .chain((all) =>
        fc
          .array(byte, { minLength: length, maxLength: length })
          .map((some) => Uint8Array.from(all, (one, i) => some[i] ?? one)),
      );
    fc.assert(
      fc.property(bytes, fc.nat(5), (address, at) => {
        const packet = Uint8Array.of(...new Uint8Array(at).fill(7), ...address);
        const bits = address.reduce((sum, one) => (sum << 8n) | BigInt(one), 0n);
        expect(formatAddressIn(family, packet, at)).toBe(formatAddress(family, bits));
      }),
      { numRuns: runs(200) },
    );
  });

  test('that a packet cuts off goes on with zeros', () => {
    expect(formatAddressIn('addr4', Uint8Array.of(10, 1), 0)).toBe('10.1.0.0');
  });
});
