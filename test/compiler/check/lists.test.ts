/** Lists that `file "…"` names: what each line means, whatever is in the text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readList } from '../../../compiler/check/lists.js';
import { setHas } from '../../../compiler/logic/set.js';
import { addressKey } from '../../../compiler/logic/value.js';
import { compiled } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const setOf = (text: string): unknown => {
  const { set, diagnostics } = readList('list.txt', text);
  return diagnostics.length > 0 ? diagnostics.map((d) => d.code) : { of: set.of, families: set.families, set: set.set };
};

/** The set that the language makes of an expression. */
function written(expr: string): unknown {
  const [signature] = compiled(`const s = ${expr} signature x { id 1 when ip.src in s then log }`).signatures;
  return signature?.when.kind === 'Member' ? signature.when.set : signature?.when;
}

describe('a list is a set', () => {
  test('line ends, a byte order mark, blanks and comments make no difference', () => {
    const plain = setOf('10.0.0.1\n10.0.0.2\n');
    for (const text of [
      '10.0.0.1\r\n10.0.0.2\r\n',
      '\ufeff10.0.0.1\n10.0.0.2',
      '# a\n\n  10.0.0.1\t# b\n\n10.0.0.2; c // d\n// e\n',
      '10.0.0.2\n10.0.0.1\n10.0.0.1\n',
      '10.0.0.1..10.0.0.2',
      '10.0.0.1 - 10.0.0.2',
    ]) {
      expect(setOf(text)).toEqual(plain);
    }
  });

  test('nothing is an empty set of nothing', () => {
    expect(setOf('')).toEqual({ of: 'nothing', families: [], set: [] });
    expect(setOf('# none\n\n')).toEqual({ of: 'nothing', families: [], set: [] });
  });

  test.each([
    ['number', '80\n0x1F90\n0b11\n1_000', [[3n, 3n], [80n, 80n], [1000n, 1000n], [8080n, 8080n]]],
    ['range of numbers', '1..3\n5-9\n4', [[1n, 9n]]],
    ['everything of IPv4', '0.0.0.0/0', [[addressKey('addr4', 0n), addressKey('addr4', 0xffff_ffffn)]]],
    ['everything of IPv6', '::/0', [[addressKey('addr6', 0n), addressKey('addr6', (1n << 128n) - 1n)]]],
    ['a MAC address', '02:00:00:00:00:0a', [[addressKey('mac', 0x02000000000an), addressKey('mac', 0x02000000000an)]]],
    ['from one network to another', '10.0.0.0/30-10.0.0.8/30', [[addressKey('addr4', 0x0a000000n), addressKey('addr4', 0x0a00000bn)]]],
  ] as const)('%s', (_, text, ranges) => {
    expect(readList('list.txt', text).set.set).toEqual(ranges.map(([low, high]) => ({ low, high })));
  }); // prettier-ignore

  test('the same as the set that stands in the rules', () => {
    const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 })));
    const four = octets.map((parts) => parts.join('.'));
    const network = fc
      .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 32 }))
      .map(([bits, prefix]) => {
        const low = Math.floor(bits / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
        return `${[24, 16, 8, 0].map((by) => Math.floor(low / 2 ** by) % 256).join('.')}/${prefix}`;
      });
    const six = fc
      .tuple(fc.nat(0xffff), fc.nat(0xffff))
      .map(([a, b]) => `2001:db8:${a.toString(16)}::${b.toString(16)}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(four, network, six), { minLength: 1, maxLength: 20 }), (entries) => {
        expect(readList('list.txt', entries.join('\n')).set.set).toEqual(written(`{ ${entries.join(', ')} }`));
      }),
      { numRuns: runs(100) },
    );
  });

  test('100,000 addresses', () => {
    const addresses = Array.from({ length: 100_000 }, (_, i) => `10.${i >> 15}.${(i >> 7) & 255}.${(i & 127) * 2}`);
    const { set, diagnostics } = readList('list.txt', addresses.join('\n'));
    expect([set.set.length, diagnostics.length]).toEqual([100_000, 0]);
    const has = (bits: number): boolean => setHas(set.set, addressKey('addr4', BigInt(bits)));
    expect([has(0x0a00_0000), has(0x0a00_0001), has(0x0a03_0d3e), has(0x0b00_0000)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('wrong lines', () => {
  test.each([
    ['a name', 'www.example.org', 'E0305'],
    ['two entries', '1.2.3.4 1.2.3.5', 'E0305'],
    ['three parts', '1.2.3', 'E0305'],
    ['a word for a number', '0x', 'E0305'],
    ['nothing behind a range', '1.2.3.4 ..', 'E0305'],
    ['nothing in front of one', '-5', 'E0305'],
    ['a range over families', '1.2.3.4-::1', 'E0305'],
    ['bits behind the prefix', '10.0.0.1/8', 'E0108'],
    ['too large a prefix', '10.0.0.0/33', 'E0107'],
    ['too large a part', '10.0.0.256', 'E0107'],
    ['a leading zero', '10.0.0.01', 'E0107'],
    ['seven groups', '1:2:3:4:5:6:7', 'E0107'],
    ['a reversed range', '10.0.0.2..10.0.0.1', 'E0603'],
    ['a full-width digit', '１', 'E0305'],
  ])('%s', (_, line, code) => {
    expect(setOf(`1.2.3.4\n${line}\n`)).toEqual([code]);
  });

  test('each at its place; the first twenty, and how many more', () => {
    const text = `# list\r\n${Array.from({ length: 50 }, (_, i) => `  x${i}  # no\r\n`).join('')}`;
    const { diagnostics } = readList('list.txt', text);
    expect(diagnostics).toHaveLength(21);
    const quoted = diagnostics
      .slice(0, 20)
      .map(({ labels: [label] }) => text.slice(label?.span.start, label?.span.end));
    expect(quoted).toEqual(Array.from({ length: 20 }, (_, i) => `x${i}`));
    expect(diagnostics[20]?.message).toMatch(/^30 further lines /);
  });

  test('whatever the text, it ends, and says of each line at most one thing', () => {
    const word = fc.constantFrom(
      '10.0.0.1',
      '::1',
      '/',
      '-',
      '..',
      '80',
      '0x',
      ' ',
      '#',
      'x',
      '::',
      '.',
      '1',
      '\t',
      '\u2028',
      '😀',
    );
    const line = fc.array(word, { maxLength: 8 }).map((words) => words.join(''));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        const { diagnostics, set } = readList('list.txt', text);
        const starts = diagnostics.slice(0, 20).map((d) => text.lastIndexOf('\n', (d.labels[0]?.span.start ?? 0) - 1));
        expect(new Set(starts).size).toBe(starts.length);
        for (const range of set.set) expect(range.low).toBeLessThanOrEqual(range.high);
        for (const d of diagnostics) expect(d.labels[0]?.span.end ?? 0).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('a line of ten million characters', () => {
    for (const piece of ['a', ' ', '.', '1.', '-', '1-']) {
      const { diagnostics } = readList('list.txt', piece.repeat(10_000_000 / piece.length));
      expect(diagnostics.map((d) => d.code)).toEqual(piece === ' ' ? [] : ['E0305']);
    }
  });
});
