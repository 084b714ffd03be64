import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragmentVersion } from '../../../runtime/nfqueue/fragment.js';
import { conditions, packetsFrom } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const ETHERNET_BYTES = 14;

/** The IP packet of a description: what a queue hands over has no link header. */
function ip(text: string): Uint8Array {
  const [packet] = packetsFrom([text]);
  if (!packet) throw new Error(`no packet: ${text}`);
  return packet.link === 1 ? packet.bytes.subarray(ETHERNET_BYTES) : packet.bytes;
}

describe('a fragment', () => {
  it.each([
    ['ipv4 udp payload "x"', undefined],
    ['ipv4 { flags DF } udp', undefined],
    ['ipv4 { flags RESERVED } udp', undefined],
    ['ipv4 { flags MF } udp', 'ipv4'],
    ['ipv4 { flags MF fragment 185 }', 'ipv4'],
    ['ipv4 { fragment 1 }', 'ipv4'],
    ['ipv4 { fragment 8191 }', 'ipv4'],
    ['ipv6 udp payload "x"', undefined],
    ['ipv6 ipv6_fragment { more 1 } udp', 'ipv6'],
    ['ipv6 ipv6_fragment { offset 1 }', 'ipv6'],
    ['ipv6 ipv6_fragment { offset 8191 }', 'ipv6'],
    ['ipv6 ipv6_fragment { reserved 255 reserved2 3 id 0xffffffff } udp', undefined],
  ] as const)('%s: %s', (text, version) => {
    expect(fragmentVersion(ip(text))).toBe(version);
  });

  it.each([
    ['nothing', []],
    ['no IP', [0x55, ...Array<number>(39).fill(0xff)]],
    ['an IPv4 header that is cut', [0x45, 0, 0, 20, 0, 0, 0x20, 0]],
    ['an IPv6 header that is cut', [0x60, 0, 0, 0, 0, 8, 44, 64]],
    [
      'an IPv6 packet that ends before its fragment header',
      [0x60, 0, 0, 0, 0, 8, 44, 64, ...Array<number>(36).fill(255)],
    ],
  ])('is not told from %s', (_, bytes) => {
    expect(fragmentVersion(Uint8Array.from(bytes))).toBeUndefined();
  });
});

/** One extension header; what follows it is filled in by `chained`. */
type Extension = { readonly kind: number; readonly bytes: Uint8Array; readonly fragments: boolean };

const sized = (kind: number, units: number, unit: number, more: number): Extension => {
  const bytes = new Uint8Array((units + more) * unit).fill(0xff);
  bytes[1] = units;
  return { kind, bytes, fragments: false };
};
const extension: fc.Arbitrary<Extension> = fc.oneof(
  fc
    .record({ kind: fc.constantFrom(0, 43, 60, 135, 139, 140), units: fc.nat(4) })
    .map((e) => sized(e.kind, e.units, 8, 1)),
  fc.integer({ min: 1, max: 6 }).map((units) => sized(51, units, 4, 2)),
  fc.record({ offset: fc.constantFrom(0, 0, 1, 0x1fff), more: fc.boolean() }).map(({ offset, more }) => ({
    kind: 44,
    bytes: Uint8Array.of(0, 255, offset >> 5, ((offset & 31) << 3) | 6 | Number(more), 255, 255, 255, 255),
    fragments: offset > 0 || more,
  })),
);

/** IPv6 with these extension headers, then UDP. */
function chained(extensions: readonly Extension[]): Uint8Array {
  const kinds = [...extensions.map(({ kind }) => kind), 17];
  const fixed = new Uint8Array(40).fill(0xff);
  fixed[0] = 0x60;
  fixed[6] = kinds[0] ?? 17;
  const rest = extensions.map(({ bytes }, i) => Uint8Array.of(kinds[i + 1] ?? 17, ...bytes.subarray(1)));
  return Uint8Array.from([fixed, ...rest, new Uint8Array(8)].flatMap((part) => [...part]));
}

describe('extension headers', () => {
  it('are all passed over, and so are fragment headers of whole packets', () => {
    fc.assert(
      fc.property(fc.array(extension, { maxLength: 8 }), (extensions) => {
        const wanted = extensions.some(({ fragments }) => fragments) ? 'ipv6' : undefined;
        expect(fragmentVersion(chained(extensions))).toBe(wanted);
      }),
      { numRuns: runs(300) },
    );
  });
});

/** What the standard library's fields say, where its decoder gets that far. */
const says = conditions([
  'ipv4.flags has MF or ipv4.fragment != 0',
  'ipv6_fragment.more == 1 or ipv6_fragment.offset != 0',
]);

it('never throws, and finds every fragment that the standard library finds', () => {
  const start = fc.constantFrom([0x45], [0x4f], [0x60], []);
  const plausible = fc.tuple(start, fc.array(fc.constantFrom(0, 0, 0, 1, 4, 8, 32, 44, 60, 255), { maxLength: 90 }));
  fc.assert(
    fc.property(
      fc.oneof(
        plausible.map((parts) => Uint8Array.from(parts.flat())),
        fc.uint8Array({ maxLength: 80 }),
      ),
      (bytes) => {
        const [ipv4, ipv6] = says({ link: 101, bytes, wireLength: bytes.length });
        const found = fragmentVersion(bytes);
        if (ipv4) expect(found).toBe('ipv4');
        else if (ipv6 && bytes[0] !== undefined && bytes[0] >> 4 === 6) expect(found).toBe('ipv6');
      },
    ),
    { numRuns: runs(1000) },
  );
});
