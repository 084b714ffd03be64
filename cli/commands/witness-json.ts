/** Witnesses for programs. */
import type { Words } from '../../compiler/explain/words.js';
import { packetText } from '../../compiler/witness/packet-text.js';
import type { Witness } from '../../compiler/witness/witness.js';
import type { Shown } from './witness-shown.js';

/** Every signature with its packets in hexadecimal; `packet` is how a test builds it, where one can. */
export function witnessJson(all: readonly Shown[], words: Words): Record<string, unknown> {
  return {
    signatures: all.map(({ signature, evidence }) => {
      const about = words.about(signature.when);
      const { witness, packets, misses } = evidence;
      return {
        name: signature.name,
        id: signature.id,
        witness: witness ? { ...packetJson(witness, words), packets } : null,
        ...(witness ? {} : { proved_none: evidence.isNone }),
        near_misses: misses.map((miss) => ({
          part: about.formula(miss.part),
          witness: miss.witness ? packetJson(miss.witness, words) : null,
          ...(miss.witness ? {} : { proved_none: miss.isNone }),
        })),
      };
    }),
  };
}

/** A packet in hexadecimal with what else has to be known of it. */
export function packetJson(witness: Witness, { layouts }: Pick<Words, 'layouts'>): Record<string, unknown> {
  const { link, bytes, wireLength } = witness.packet;
  return {
    link,
    bytes: Buffer.from(bytes).toString('hex'),
    wire_length: wireLength,
    packet: packetText(witness, layouts) ?? null,
  };
}
