/** A ruleset as a child's main thread knows it: what it hands to the packet thread, and what it needs for alerts and for an exchange. */
import { type Artefact, decodeArtefact } from '../../compiler/artefact/artefact.js';
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { codeOf } from '../../compiler/backend/wasm/instance.js';
import { link } from '../../compiler/link/link.js';
import type { Linked } from '../../compiler/link/linked.js';
import type { Module, Ruleset, Signature } from '../../compiler/ruleset.js';
import { endpointsOf } from '../engine/endpoints.js';
import type { Endpoints } from '../engine/engine.js';
import { type Program, programEngine, programOf } from '../engine/program.js';
import type { Packet } from '../packet.js';
import { sha256 } from '../sha256.js';
import { type Counters, createMatchCounts } from './counters.js';
import { declarationKeys, type DeclarationKeys } from './declarations.js';

export interface Generation {
  readonly number: number;
  readonly program: Program;
  readonly matches: Counters;
  /** With the actions of the policy. */
  readonly signatures: readonly Signature[];
  readonly modules: readonly Module[];
  /** The name of the policy in force. */
  readonly policy: string | undefined;
  /** What alerts call the ruleset. */
  readonly hash: string;
  readonly keys: DeclarationKeys;
  endpoints(packet: Packet): Endpoints;
}

/**
 * Decodes an artefact and makes it ready to judge: compiled, and warmed up here, as what this thread has optimised the packet thread has,
 * too. Why that cannot be, where it cannot.
 */
export function readGeneration(number: number, bytes: Uint8Array): Generation | { readonly reason: string } {
  const { value, diagnostics } = decodeArtefact(bytes, `ruleset ${number}`, sha256);
  if (!value) return { reason: diagnostics.map(({ message }) => message).join('; ') };
  const { ruleset } = value;
  const linked = link(ruleset);
  const announce = announcer(linked.layouts);
  return {
    number,
    program: readyProgram(value, linked),
    matches: createMatchCounts(linked.signatures.length),
    signatures: linked.signatures,
    modules: ruleset.modules,
    policy: ruleset.policy?.name,
    hash: value.manifest.ruleset,
    keys: declarationKeys(ruleset),
    endpoints: (packet) => endpointsOf(decode(packet, linked.layouts, announce), announce),
  };
}

/** With the code of the artefact; without any, or where it is of another version of the engine, with what the logic says. */
function readyProgram({ ruleset, code }: Artefact, linked: Linked): Program {
  if (code.length > 0) {
    try {
      return warmedUp(ruleset, linked, code);
    } catch {
      // The logic says all that the code does.
    }
  }
  return warmedUp(ruleset, linked, compileModule(linked));
}

function warmedUp({ policy }: Ruleset, linked: Linked, code: Uint8Array<ArrayBuffer>): Program {
  const program = programOf(linked, policy, codeOf(code));
  programEngine(program).warmUp();
  return program;
}
