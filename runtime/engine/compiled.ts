/** The compiled engine: batches of packets go through WebAssembly, and only those that match cost more. */
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import { codeOf } from '../../compiler/backend/wasm/instance.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { endpointsOf } from './endpoints.js';
import type { Engine } from './engine.js';
import { linkCheck } from './links.js';
import { programEngine, programOf } from './program.js';

/** Runs a module that `compileModule` made of the ruleset as it is linked. Throws where the bytes are no such module. */
export function compiledEngine(ruleset: Ruleset, code: Uint8Array<ArrayBuffer>, linked = link(ruleset)): Engine {
  const announce = announcer(linked.layouts);
  return {
    ...programEngine(programOf(linked, ruleset.policy, codeOf(code))),
    knowsLink: linkCheck(announce),
    endpoints: (packet) => endpointsOf(decode(packet, linked.layouts, announce), announce),
  };
}
