/** Engines that run in this process: an evaluator for the conditions, and what follows from them. */
import { announcer } from '../../compiler/backend/interpreter/decode.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { keysOfStack } from '../state/keys.js';
import { createBatch, type PacketBatch } from '../packet-batch.js';
import { endpointsOf } from './endpoints.js';
import { compiledEngine } from './compiled.js';
import type { Engine } from './engine.js';
import { judging } from './judge.js';
import { linkCheck } from './links.js';

/** How an engine finds the signatures whose conditions hold: by the decision tree, or one by one as they are written. */
const EVALUATORS = { tree: treeEvaluator, interpreter } as const;

/** `wasm` is the tree compiled to WebAssembly; the others say the same, slower. */
export const ENGINE_KINDS = ['wasm', 'tree', 'interpreter'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/**
 * Loads a ruleset under its policy. A few packets are judged soonest by the tree, which takes no time to compile. `code` is what
 * `compileModule` made of the ruleset under that policy, where that is known already; empty, or made for another version of the engine, it is made again.
 */
export function loadEngine(ruleset: Ruleset, kind: EngineKind = 'tree', code?: Uint8Array<ArrayBuffer>): Engine {
  if (kind === 'wasm') return loadCompiled(ruleset, code ?? new Uint8Array());
  const { decode, matching } = EVALUATORS[kind](ruleset);
  const announce = announcer(ruleset.layouts);
  const { signatures } = link(ruleset);
  const judge = judging({ ...ruleset, signatures });
  const knowsLink = linkCheck(announce);
  let batch: PacketBatch | undefined;
  return {
    // Most engines of this kind judge a few packets of a test.
    get batch() {
      return (batch ??= createBatch());
    },
    evaluate: (packets) =>
      Array.from(packets, (packet) => {
        const stack = decode(packet);
        const keyOf = keysOfStack(signatures, stack);
        // Without headers what only says `not` would hold, and be counted.
        return judge.judge(knowsLink(packet.link) ? matching(stack) : [], keyOf, packet.time);
      }),
    warmUp: () => undefined,
    knowsLink,
    endpoints: (packet) => endpointsOf(decode(packet), announce),
    evictions: () => judge.evictions(),
    failures: () => 0,
  };
}

function loadCompiled(ruleset: Ruleset, code: Uint8Array<ArrayBuffer>): Engine {
  const linked = link(ruleset);
  if (code.length > 0) {
    try {
      return compiledEngine(ruleset, code, linked);
    } catch {
      // The logic says all that the code does.
    }
  }
  return compiledEngine(ruleset, compileModule(linked), linked);
}
