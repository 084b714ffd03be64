import { describe, expect, test } from 'vitest';
import type { Expression, I32, Statement } from '../../../../compiler/backend/wasm/assembler/code.js';
import { signed, unsigned } from '../../../../compiler/backend/wasm/assembler/code.js';
import {
  block,
  branch,
  branchIf,
  branchTable,
  call,
  choose,
  loop,
  perform,
  switchOn,
  when,
  whileLoop,
} from '../../../../compiler/backend/wasm/assembler/control.js';
import { copy, fill, i32, i64, select, trap, v128 } from '../../../../compiler/backend/wasm/assembler/instructions.js';
import { createMemoryPlan } from '../../../../compiler/backend/wasm/assembler/memory.js';
import { createModule, type ModuleBuilder } from '../../../../compiler/backend/wasm/assembler/module.js';

type Exports = Record<string, (...args: (number | bigint)[]) => number | bigint | undefined>;

/** Encodes, validates and starts a module with one page of memory. */
function start(
  m: ModuleBuilder,
  data: Parameters<ModuleBuilder['encode']>[1] = [],
): { f: Exports; memory: Uint8Array } {
  const bytes = m.encode(1, data);
  expect(WebAssembly.validate(bytes)).toBe(true);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return { f: exports as Exports, memory: new Uint8Array(memory.buffer) };
}

/** A function of two numbers. */
function binary(body: (a: I32, b: I32) => readonly (Statement | Expression)[]): (a: number, b: number) => unknown {
  const m = createModule();
  m.export(m.define('f', ['i32', 'i32'], 'i32', ([a, b]) => body(a, b)));
  const { f } = start(m);
  return (a, b) => f['f']?.(a, b);
}

describe('numbers', () => {
  test('are encoded seven bits a byte', () => {
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(0xffff_ffff)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(signed(-123_456n)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(63n)).toEqual([0x3f]);
    expect(signed(64n)).toEqual([0xc0, 0x00]);
    expect(signed(-64n)).toEqual([0x40]);
  });

  test('constants of every size come back', () => {
    for (const value of [0, 1, -1, 63, 64, 127, 128, -64, -65, 2 ** 31 - 1, -(2 ** 31)]) {
      expect(binary(() => [i32.const(value)])(0, 0)).toBe(value);
    }
    const m = createModule();
    const values = [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0x8000_0000n];
    values.forEach((v, i) => m.export(m.define(`f${i}`, [], 'i64', () => [i64.const(v)])));
    const { f } = start(m);
    expect(values.map((_, i) => f[`f${i}`]?.())).toEqual(values);
  });

  test('operands keep their order', () => {
    expect(binary((a, b) => [i32.sub(a, b)])(7, 2)).toBe(5);
    expect(binary((a, b) => [select(i32.ltS(a, b), i32.const(1), i32.const(2))])(7, 2)).toBe(2);
  });
});

describe('control', () => {
  test('a loop leaves by its block', () => {
    const m = createModule();
    m.export(
      m.define('sum', ['i32'], 'i32', ([n], { local }) => {
        const total = local('i32');
        return [whileLoop(n, () => [total.set(i32.add(total, n)), n.set(i32.sub(n, 1))]), total];
      }),
    );
    expect(start(m).f['sum']?.(100)).toBe(5050);
  });

  test('branches find their block through others', () => {
    const f = binary((a, b) => [
      block((out) => [
        block(() => [when(a, [when(b, [branch(out)])])]),
        loop((again) => [branchIf(again, 0)]),
        statementReturning(1),
      ]),
      i32.const(2),
    ]);
    expect([f(1, 1), f(1, 0), f(0, 1)]).toEqual([2, 1, 1]);
  });

  function statementReturning(value: number): Statement {
    return { type: 'void', code: [i32.const(value).code, 0x0f] };
  }

  test('a table of branches runs one case', () => {
    const m = createModule();
    m.export(
      m.define('f', ['i32'], 'i32', ([a], { local }) => {
        const r = local('i32');
        return [switchOn(a, [[r.set(10)], [r.set(11)], [r.set(i32.add(r, 12))]], [r.set(-1)]), r];
      }),
    );
    const { f } = start(m);
    expect([0, 1, 2, 3, -1].map((n) => f['f']?.(n))).toEqual([10, 11, 12, -1, -1]);
  });

  test('a branch out of nothing is a mistake of the compiler', () => {
    const m = createModule();
    m.define('f', [], 'void', () => [branch({ name: 'nowhere' })]);
    expect(() => m.encode(1, [])).toThrow('nowhere');
    const other = createModule();
    other.define('f', ['i32'], 'void', ([n]) => [branchTable(n, [], { name: 'nowhere' })]);
    expect(() => other.encode(1, [])).toThrow('nowhere');
  });

  test('functions call each other, before they are defined, too', () => {
    const m = createModule();
    const odd = m.declare('odd', ['i32'], 'i32');
    const even = m.define('even', ['i32'], 'i32', ([n]) => [choose(n, call(odd, i32.sub(n, 1)), i32.const(1))]);
    odd.define(([n]) => [choose(n, call(even, i32.sub(n, 1)), i32.const(0))]);
    m.export(even);
    const { f } = start(m);
    expect([f['even']?.(10), f['even']?.(7)]).toEqual([1, 0]);
  });
});

test('memory, data and global variables', () => {
  const m = createModule();
  const plan = createMemoryPlan();
  const at = plan.data(Uint8Array.of(1, 2, 3, 4));
  const room = plan.room(100);
  const count = m.global('i32', -5n);
  const bump = m.define('bump', [], 'void', () => [count.set(i32.add(count, 1))]);
  m.export(m.define('count', [], 'i32', () => [perform(bump), count]));
  m.export(m.define('read', [], 'i32', () => [copy(room, at, 4), i32.load(room)]));
  m.export(m.define('fill', [], 'i64', () => [fill(room, 7, 8), i64.load(room)]));
  m.export(m.define('lanes', [], 'i32', () => [v128.bitmask8(v128.eq8(v128.load(at), v128.splat8(3)))]));
  m.export(m.define('fail', [], 'void', () => [trap()]));
  const { f } = start(m, plan.segments);
  expect([f['count']?.(), f['count']?.()]).toEqual([-4, -3]);
  expect(f['read']?.()).toBe(0x0403_0201);
  expect(f['fill']?.()).toBe(0x0707_0707_0707_0707n);
  expect(f['lanes']?.()).toBe(4);
  expect(() => f['fail']?.()).toThrow(WebAssembly.RuntimeError);
  expect(room % 16).toBe(0);
});

test('what lies together is one segment, whatever the number of parts: V8 takes 100,000 in a module', () => {
  const plan = createMemoryPlan();
  const parts = Array.from({ length: 100_001 }, (_, i) => ({ address: plan.data(Uint8Array.of(i & 255, 7)), i }));
  plan.room(10_000);
  const far = plan.data(Uint8Array.of(9));
  const [near, last, ...others] = plan.segments;
  expect(others).toEqual([]);
  expect(last).toEqual({ address: far, bytes: Uint8Array.of(9) });
  for (const { address, i } of [parts[0]!, parts[7]!, parts[100_000]!])
    expect([...(near?.bytes.subarray(address - near.address, address - near.address + 2) ?? [])]).toEqual([i & 255, 7]);
});
