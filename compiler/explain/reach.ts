/** Why a packet reaches a signature or does not, as lines: switches of modules, the chain of the policy in force, who hands it on. */
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import { chainOf } from '../backend/interpreter/reach.js';
import type { Linked } from '../link/linked.js';
import type { Requirement } from '../link/requirements.js';
import { type Evidence, explainFormula } from './evidence.js';
import { type Named, requirementText } from './requirement-text.js';
import { type Context, type Line, linesOf } from './sentences.js';

/** What is asked beside a signature's own condition, and what the packet says to it. */
export interface ReachPart {
  readonly requirement: Requirement;
  readonly evidence: Evidence;
}

/** By list: signatures of a module are reached alike. */
export type ReachFinder = (index: number) => readonly ReachPart[];

/** Looks at one packet. */
export function reachFinder({ requirements }: Linked, { dissection }: Pick<Context, 'dissection'>): ReachFinder {
  const known = new Map<readonly Requirement[], readonly ReachPart[]>();
  return (index) => {
    const asked = requirements?.(index) ?? [];
    const found = known.get(asked) ?? asked.map((requirement) => partOf(requirement, dissection));
    known.set(asked, found);
    return found;
  };
}

function partOf(requirement: Requirement, { stack }: Context['dissection']): ReachPart {
  return { requirement, evidence: explainFormula(requirement.formula, stack) };
}

/** What lines about reach are made of. */
export interface ReachContext extends Context {
  readonly rules: Named;
  readonly linked: Linked;
}

/** A part as lines. In brief one that holds is one line. */
export function reachLines(part: ReachPart, context: ReachContext): readonly Line[] {
  const { requirement, evidence } = part;
  const { holds } = evidence;
  const text = requirementText(requirement, context.rules);
  const head: Line = { depth: 0, holds, text, detail: detailOf(part, context) };
  if (holds && context.brief) return [head];
  return [head, ...innerLines(part, context).map((line) => ({ ...line, depth: line.depth + 1 }))];
}

function innerLines({ requirement, evidence }: ReachPart, context: ReachContext): readonly Line[] {
  switch (requirement.kind) {
    case 'Enabled':
      return [];
    case 'Covered':
    case 'Chain':
      // That no line names a module is said by itself.
      return evidence.kind === 'Constant' ? [] : linesOf(requirement.formula, evidence, context);
    case 'Switch':
      return linesOf(requirement.formula, evidence, context);
    case 'Reached':
      return [
        ...requirement.own.flatMap((own) => reachLines(partOf(own, context.dissection), context)),
        ...requirement.by.map((index) => senderLine(index, context)),
      ];
  }
}

function senderLine(index: number, { rules, linked, dissection }: ReachContext): Line {
  const when = linked.signatures[index]?.when;
  const holds = when !== undefined && evaluateFormula(when, dissection.stack);
  const name = rules.signatures[index]?.name ?? '?';
  return { depth: 0, holds, text: `forwarded by ${name}`, detail: holds ? 'it matches' : 'it does not match' };
}

function detailOf({ requirement, evidence }: ReachPart, { rules, dissection }: ReachContext): string {
  const { policy, modules } = rules;
  if (evidence.holds || !policy) return '';
  if (requirement.kind === 'Enabled') return 'the policy disables it';
  if (requirement.kind === 'Covered') return 'neither of the packet’s ends lies in a network that it protects';
  if (requirement.kind !== 'Chain') return '';
  const chain = chainOf(policy, dissection.stack);
  if (!chain) return 'the policy does not cover the packet';
  if (evidence.kind === 'Constant') return 'no `protect` line brings it';
  const names = [...chain].sort((a, b) => a - b).map((module) => modules[module]?.name ?? '?');
  return names.length === 0 ? 'the packet’s chain is empty' : `the packet’s chain is ${names.join(', ')}`;
}

/** The first part that fails, on one line; nothing where the signature is reached. */
export function unreachedLine(reach: readonly ReachPart[], context: ReachContext): Line | undefined {
  const failing = reach.find(({ evidence }) => !evidence.holds);
  if (!failing) return undefined;
  const [head, inner] = reachLines(failing, { ...context, brief: true });
  if (!head || failing.requirement.kind !== 'Switch' || !inner) return head;
  const said = inner.detail === '' ? '' : ` — ${inner.detail}`;
  return { ...head, text: `${head.text}: ${inner.text}${said}` };
}
