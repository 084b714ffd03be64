/** A compiled module at work: its memory, where packets and matches lie in it, and the call that judges a batch. */
import { ABI, ABI_VERSION, DESCRIPTOR, EVALUATE, KEY, RECORD_HEADER_BYTES, SLACK_BEHIND } from './abi.js';
import { PAGE_BYTES } from './assembler/memory.js';

/** How much room packets get. */
export interface Room {
  /** Packets that one batch holds. */
  readonly packets: number;
  /** Bytes of them all together. */
  readonly bytes: number;
}

export interface Instance {
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly words: Int32Array<ArrayBuffer>;
  /** Where descriptors lie. */
  readonly descriptors: number;
  /** Where packets lie, as addresses, and how many a batch has at most. */
  readonly packets: { readonly address: number; readonly end: number; readonly most: number };
  /** Where records lie; `written` bytes of them were written by the last call. */
  readonly records: number;
  readonly written: () => number;
  /** By signature: by how many values it counts. */
  readonly keys: readonly number[];
  /** The packet that was being judged when a call did not come back. */
  readonly progress: () => number;
  /** Judges descriptors `from` up to `to`; gives how many were judged: fewer where the records are full. */
  evaluate(from: number, to: number): number;
}

/** A module that is ready to be started, in this thread or in another one: what one thread has compiled and optimised the others have, too. */
export interface Code {
  readonly module: WebAssembly.Module;
  /** Pages of memory that are its own. */
  readonly pages: number;
}

/** Makes bytes ready. Throws where they are no such module. */
export function codeOf(wasm: Uint8Array<ArrayBuffer>): Code {
  return { module: new WebAssembly.Module(wasm), pages: pagesOf(wasm) };
}

type Evaluate = (descriptors: number, count: number, records: number, capacity: number) => number;

/** Records of one call: room for many packets that match something, beside two that match everything. */
const RECORDS_BYTES = 65_536;

/**
 * Starts the module of a ruleset of so many conditions: one a signature, and one more where a policy is in force. `keys` says by how many
 * values each signature counts. Its memory never grows.
 * Throws where the bytes are no such module.
 */
export function instantiate(
  wasm: Uint8Array<ArrayBuffer> | Code,
  room: Room,
  conditions: number,
  keys: readonly number[] = [],
): Instance {
  const { module, pages: own } = wasm instanceof Uint8Array ? codeOf(wasm) : wasm;
  const end = own * PAGE_BYTES;
  const longest = RECORD_HEADER_BYTES + 4 * conditions + keys.reduce((sum, count) => sum + count * KEY.size, 0);
  const capacity = RECORDS_BYTES + 2 * longest;
  const records = end + align(room.packets * DESCRIPTOR.size);
  const packets = records + align(capacity);
  const pages = Math.ceil((packets + room.bytes + SLACK_BEHIND) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const words = new Int32Array(memory.buffer);
  const word = (address: number): number => words[address >> 2] ?? 0;
  const evaluate = exports[EVALUATE] as Evaluate;
  if (word(ABI.version) !== ABI_VERSION)
    throw new Error(`engine code of version ${word(ABI.version)}, not ${ABI_VERSION}`);
  if (word(ABI.conditions) !== conditions || word(ABI.longestRecord) !== longest)
    throw new Error('engine code of another ruleset');
  return {
    memory: new Uint8Array(memory.buffer),
    words,
    descriptors: end,
    packets: { address: packets, end: packets + room.bytes, most: room.packets },
    records,
    keys,
    written: () => word(ABI.written),
    progress: () => word(ABI.progress),
    evaluate: (from, to) => evaluate(end + from * DESCRIPTOR.size, to - from, records, capacity),
  };
}

function align(size: number): number {
  return Math.ceil(size / 64) * 64;
}

const IMPORTS = 2;

/** The pages of memory that the module asks for: of its one import, `env.memory`. */
function pagesOf(wasm: Uint8Array): number {
  let at = 8;
  const number = (): number => {
    let [value, shift] = [0, 0];
    for (; ; shift += 7) {
      const byte = wasm[at++];
      if (byte === undefined) throw new Error('not a module of this program');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const skip = (bytes: number): void => void (at += bytes);
  while (at < wasm.length) {
    const id = wasm[at++];
    const size = number();
    if (id === IMPORTS) {
      // One import, two names, the kind "memory", limits without a maximum.
      at++;
      skip(number());
      skip(number());
      at += 2;
      return number();
    }
    skip(size);
  }
  throw new Error('not a module of this program');
}
