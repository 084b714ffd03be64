/** Engines that run in this process: an evaluator for the conditions, and what follows from them. */
import { announcer } from '../../compiler/backend/interpreter/decode.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { LINK_SPACE } from '../../compiler/logic/layout.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { endpointsOf } from './endpoints.js';
import type { Engine } from './engine.js';
import { judging } from './judge.js';

/** How an engine finds the signatures whose conditions hold: by the decision tree, or one by one as they are written. */
const EVALUATORS = { tree: treeEvaluator, interpreter } as const;
export type EngineKind = keyof typeof EVALUATORS;
export const ENGINE_KINDS = Object.keys(EVALUATORS) as readonly EngineKind[];

/** Loads a ruleset. */
export function loadEngine(ruleset: Ruleset, kind: EngineKind = 'tree'): Engine {
  const { decode, matching } = EVALUATORS[kind](ruleset);
  const announce = announcer(ruleset.layouts);
  const judge = judging(ruleset);
  const knowsLink = (link: number): boolean => announce(LINK_SPACE, BigInt(link)) !== undefined;
  return {
    evaluate: (batch) =>
      batch.map((packet) => {
        const stack = decode(packet);
        // Without headers what only says `not` would hold, and be counted.
        return judge.judge(stack, knowsLink(packet.link) ? matching(stack) : [], packet.time);
      }),
    knowsLink,
    endpoints: (packet) => endpointsOf(decode(packet), announce),
    evictions: () => judge.evictions(),
  };
}
