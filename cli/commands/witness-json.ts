/** Witnesses for programs. */
import type { Named } from '../../compiler/explain/requirement-text.js';
import type { Words } from '../../compiler/explain/words.js';
import type { Requirement } from '../../compiler/link/requirements.js';
import { packetText } from '../../compiler/witness/packet-text.js';
import type { Witness } from '../../compiler/witness/witness.js';
import { conditionText } from './witness-parts.js';
import type { Shown } from './witness-shown.js';

/** Every signature with its packets in hexadecimal; `packet` is how a test builds it, where one can. */
export function witnessJson(all: readonly Shown[], words: Words, { modules, policy }: Named): Record<string, unknown> {
  return {
    ...(policy && { policy: policy.name }),
    signatures: all.map(({ signature, evidence }) => {
      const { witness, packets, misses } = evidence;
      return {
        name: signature.name,
        id: signature.id,
        ...(signature.module !== undefined && { module: modules[signature.module]?.name }),
        witness: witness ? { ...packetJson(witness, words), packets } : null,
        ...(witness ? {} : { proved_none: evidence.isNone }),
        near_misses: misses.map((miss) => ({
          part: conditionText(miss, signature.when, words),
          ...(miss.requirement && { of: requirementJson(miss.requirement, modules) }),
          witness: miss.witness ? packetJson(miss.witness, words) : null,
          ...(miss.witness ? {} : { proved_none: miss.isNone }),
        })),
      };
    }),
  };
}

/** `switch`, `chain`, `reached` or `covered`, and of which module. */
function requirementJson(requirement: Requirement, modules: Named['modules']): Record<string, unknown> {
  const kind = requirement.kind.toLowerCase();
  return 'module' in requirement ? { kind, module: modules[requirement.module]?.name } : { kind };
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
