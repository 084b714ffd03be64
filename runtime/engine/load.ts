/** Engines that run in this process: an evaluator for the conditions, and what follows from them. */
import { announcer } from '../../compiler/backend/interpreter/decode.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { LINK_SPACE } from '../../compiler/logic/layout.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { endpointsOf } from './endpoints.js';
import type { Engine } from './engine.js';
import { judge } from './judge.js';

/** How an engine finds the signatures whose conditions hold: one by one as they are written. */
const EVALUATORS = { interpreter };
export type EngineKind = keyof typeof EVALUATORS;

/** Loads a ruleset. */
export function loadEngine(ruleset: Ruleset, kind: EngineKind = 'interpreter'): Engine {
  const { decode, matching } = EVALUATORS[kind](ruleset);
  const announce = announcer(ruleset.layouts);
  return {
    evaluate: (batch) => batch.map((packet) => judge(ruleset, matching(decode(packet)))),
    knowsLink: (link) => announce(LINK_SPACE, BigInt(link)) !== undefined,
    endpoints: (packet) => endpointsOf(decode(packet), announce),
  };
}
