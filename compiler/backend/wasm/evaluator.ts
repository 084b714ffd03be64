/** The compiled engine in the shape of every evaluator, packet by packet: for tests, and wherever a batch is not worth while. */
import type { Ruleset } from '../../ruleset.js';
import type { Evaluator } from '../evaluator.js';
import { announcer, decode } from '../interpreter/decode.js';
import type { RawPacket } from '../interpreter/stack.js';
import { DESCRIPTOR, RECORD_HEADER_BYTES } from './abi.js';
import { compileModule, LONGEST_PACKET } from './compile.js';
import { type Instance, instantiate } from './instance.js';

/** Compiles a ruleset and starts it. */
export function wasmEvaluator(ruleset: Pick<Ruleset, 'layouts' | 'signatures'>): Evaluator {
  const announce = announcer(ruleset.layouts);
  const instance = instantiate(compileModule(ruleset), { packets: 1, bytes: LONGEST_PACKET });
  return {
    decode: (packet) => decode(packet, ruleset.layouts, announce),
    matching: ({ packet }) => matchesOf(instance, packet),
  };
}

/** Judges one packet, copied into the instance's memory. */
export function matchesOf(instance: Instance, packet: RawPacket): number[] {
  const { memory, packets, words, descriptors, records } = instance;
  memory.set(packet.bytes, packets.address);
  describe(instance, 0, packets.address, packet);
  instance.evaluate(0, 1);
  void descriptors;
  if (instance.written() === 0) return [];
  const count = words[(records + 4) >> 2] ?? 0;
  return [...words.subarray((records + RECORD_HEADER_BYTES) >> 2).subarray(0, count)];
}

/** Writes the descriptor of packet `index` of the batch, which lies at an address of the memory. */
export function describe(
  { words, descriptors }: Instance,
  index: number,
  address: number,
  { bytes, wireLength, link }: RawPacket,
): void {
  const at = (descriptors + index * DESCRIPTOR.size) >> 2;
  words[at + DESCRIPTOR.address / 4] = address;
  words[at + DESCRIPTOR.captured / 4] = bytes.length;
  words[at + DESCRIPTOR.wire / 4] = wireLength;
  words[at + DESCRIPTOR.link / 4] = link;
}
