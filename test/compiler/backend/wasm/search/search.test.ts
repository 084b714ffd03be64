import { describe, expect, test } from 'vitest';
import { searchModule } from '../../../../../compiler/backend/wasm/search/standalone.js';
import { type Design, planSearch } from '../../../../../compiler/search/plan.js';
import { literal, reference, start } from './run.js';

const DESIGNS: readonly Design[] = ['automaton', 'pair', 'teddy', 'fat-teddy', 'bigram', 'bitmap'];

describe.each(DESIGNS)('%s', (design) => {
  const find = (literals: Parameters<typeof reference>[0], payloads: readonly string[]): void => {
    const bytes = payloads.map((text) => Buffer.from(text, 'latin1'));
    expect(start(literals, planSearch(literals, { design }))(bytes)).toEqual(reference(literals, bytes));
  };

  test('a literal at every place of payloads of every length', () => {
    const payloads = Array.from({ length: 140 }, (_, at) => [
      `${'.'.repeat(at)}/etc/passwd`,
      `/etc/passwd${'.'.repeat(at)}`,
      `${'.'.repeat(at)}/etc/passw`,
    ]).flat();
    find([literal('/etc/passwd'), literal('PASSWD', true), literal('wd', false, -2, -1)], ['', ...payloads]);
  });

  test('more than the filters allow is left to the automaton, and nothing is told twice', () => {
    const literals = [literal('aaaaaaa'), literal('AAAA', true), literal('aaaaaaab', true), literal('b')];
    find(literals, ['a'.repeat(5000), `${'a'.repeat(999)}b`.repeat(5), 'aAaA'.repeat(500), 'aab'.repeat(400)]);
  });

  test('payloads full of one window, which all literals have: other windows, and the automaton, find the same', () => {
    const endings = Array.from({ length: 12 }, (_, i) => `.${i}finder`);
    const literals = endings.map((ending, i) => literal(`index/ckc${ending}`, i % 2 === 0));
    const full = '/ckc'.repeat(400);
    find(literals, [full, `${full}index/ckc.3finder${full}Index/CKC.4finder`, `${'index/ckc.'.repeat(200)}5finder`]);
  });

  test('a literal across every boundary of the blocks that filters go over', () => {
    const literals = [literal('/etc/passwd'), literal('SHADOW', true), literal('x--y')];
    const payloads = [0, 1, 2, 3, 5, 9].map((more) => {
      const bytes = '.'.repeat(506 + more);
      return `${bytes}/etc/passwd${bytes}shadow${bytes}x--y`;
    });
    find(literals, payloads);
  });

  test('long literals, also those that differ in the last byte only', () => {
    const long = 'abcdefghij'.repeat(140);
    const literals = [
      literal(long),
      literal(`${long.slice(1)}X`, true),
      literal(long.slice(0, 33)),
      literal('a'.repeat(1400)),
    ];
    find(literals, [long, `${long}x`, `${long.toUpperCase()}x`, long.slice(0, -1), 'a'.repeat(1402), `z${long}`]);
  });

  test('the same bytes in other windows and cases are literals of their own', () => {
    const literals = [
      literal('Host'),
      literal('Host'),
      literal('host', true, 0, 9),
      literal('Host', false, -8, -1),
      literal('hOST', true, 2, 8),
      literal('Host', false, 5, 2),
      literal('Host', false, -(2 ** 40), 2 ** 40),
    ];
    find(literals, ['Host', '..Host', '...host..Host', 'HOST....Host....', 'Hos']);
  });
});

test('a very long literal is compared behind where the automaton is cut', () => {
  const long = 'x'.repeat(65_535);
  const literals = Array.from({ length: 40 }, (_, i) => literal(`${i}${long.slice(2)}`, i % 2 === 0));
  const payload = Buffer.from(`7${long.slice(2)}8${long.slice(2)}`);
  for (const design of ['automaton', 'bitmap'] as const)
    expect(start(literals, planSearch(literals, { design }))([payload])).toEqual(['0 7 65534', '0 8 131068']);
});

test('30,000 literals fit into 128 MB, and the same literals give the same bytes', () => {
  const literals = Array.from({ length: 30_000 }, (_, i) =>
    literal(`${Math.imul(i, 0x9e3779b1) >>> 0}${'/index'.slice(0, i % 7)}`, i % 2 === 0),
  );
  const { wasm, free } = searchModule(literals);
  expect(free).toBeLessThan(128e6);
  expect(Buffer.compare(Buffer.from(searchModule([...literals]).wasm), Buffer.from(wasm))).toBe(0);
  const payload = Buffer.from('......2654435769/....');
  expect(start(literals)([payload])).toEqual(reference(literals, [payload]));
});

test('5,000 literals of four bytes fit into 32 MB', () => {
  const literals = Array.from({ length: 5000 }, (_, i) =>
    literal((i * 331 + 1_679_616).toString(36).slice(-4), i % 2 === 0),
  );
  const { free } = searchModule(literals);
  expect(free).toBeLessThan(32e6);
  const payload = Buffer.from('....0g3p10001000....');
  expect(start(literals)([payload])).toEqual(reference(literals, [payload]));
});

test.each(DESIGNS)('%s reads at most 128 bytes behind a payload', (design) => {
  const literals = [literal(`GET /index${'x'.repeat(40_000)}`), literal('wxyz', true), literal('GET /index')];
  const { wasm, pages, free } = searchModule(literals, planSearch(literals, { design }));
  const memory = new WebAssembly.Memory({ initial: pages + 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  const search = exports['search'] as (table: number, payloads: number, matches: number) => number;
  for (let length = 10; length < 200; length++) {
    const payload = Buffer.from('GET /index'.repeat(20).slice(0, length));
    const at = memory.buffer.byteLength - 128 - length;
    new Uint8Array(memory.buffer).set(payload, at);
    new Uint32Array(memory.buffer, free, 2).set([at, length]);
    expect(search(free, 1, 0)).toBe(reference(literals, [payload]).length);
  }
});

test('an empty list finds nothing', () => {
  expect(start([])([Buffer.from('anything')])).toEqual([]);
});
