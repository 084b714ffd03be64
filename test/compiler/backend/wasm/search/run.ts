import { expect } from 'vitest';
import { occurrences } from '../../../../../compiler/backend/interpreter/occurs.js';
import { searchModule } from '../../../../../compiler/backend/wasm/search/standalone.js';
import type { Literal } from '../../../../../compiler/logic/formula.js';
import type { SearchPlan } from '../../../../../compiler/search/plan.js';

/** Finds all matches in payloads, each as payload, literal and end, in order. */
export type Find = (payloads: readonly Uint8Array[]) => string[];

const PAGE = 65_536;
const ROOM_PAGES = 48;

/** Emits, validates and starts the search of a plan. Payloads lie in rubbish, which must not matter. */
export function start(literals: readonly Literal[], plan?: SearchPlan): Find {
  const { wasm, pages, free } = searchModule(literals, plan);
  expect(WebAssembly.validate(wasm)).toBe(true);
  const memory = new WebAssembly.Memory({ initial: pages + ROOM_PAGES });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  const search = exports['search'] as (table: number, payloads: number, matches: number) => number;
  return (payloads) => {
    const bytes = new Uint8Array(memory.buffer);
    const room = free + 24 * PAGE;
    bytes.fill(literals[0]?.bytes[0] ?? 0, free, room);
    const table = new Uint32Array(memory.buffer, room, 2 * payloads.length);
    let at = free + 131;
    payloads.forEach((payload, index) => {
      bytes.set(payload, at);
      table.set([at, payload.length], 2 * index);
      at += payload.length + 131;
    });
    expect(at).toBeLessThan(room);
    const out = room + PAGE;
    const count = search(room, payloads.length, out);
    expect(search(room, payloads.length, 0)).toBe(count);
    return triples(new Uint32Array(memory.buffer, out, 3 * count));
  };
}

function triples(words: Uint32Array): string[] {
  const found: string[] = [];
  for (let i = 0; i < words.length; i += 3) found.push(words.slice(i, i + 3).join(' '));
  return found.sort();
}

/** The same by the interpreter, literal by literal. */
export function reference(literals: readonly Literal[], payloads: readonly Uint8Array[]): string[] {
  const found = payloads.flatMap((payload, index) =>
    literals.flatMap((literal, id) =>
      occurrences(literal, payload).map((position) => `${index} ${id} ${position + literal.bytes.length}`),
    ),
  );
  return found.sort();
}

/** A literal anywhere, of the characters of a text. */
export function literal(text: string, nocase = false, first = 0, last = -1): Literal {
  return { bytes: Buffer.from(text, 'latin1'), nocase, first, last };
}
