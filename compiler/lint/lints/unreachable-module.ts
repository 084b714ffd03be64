import { unreachedModules } from '../../link/unreached.js';
import { all } from '../../logic/formula.js';
import { contradictionIn } from '../../prove/parts.js';
import { proverFor } from '../../prove/prover.js';
import type { Module } from '../../ruleset.js';
import type { Finding, Lint } from '../lint.js';
import { namesOf } from '../names.js';
import { writtenParts } from '../parts.js';
import type { Program } from '../program.js';
import { together, valuesNote } from '../reach.js';

/** What stands in it protects nobody. */
export const unreachableModule: Lint = {
  name: 'unreachable-module',
  summary: 'a module that no packet reaches: no policy brings it into a chain, or its switch never holds',
  level: 'warning',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const { signatures, modules } = program.ruleset;
    const outside = new Set(unreachedModules(program.ruleset));
    // One without signatures only lends its switch.
    const holding = new Map(signatures.map(({ module }, index) => [module, index]));
    return modules.flatMap((module, at): readonly Finding[] => {
      const index = holding.get(at);
      if (index === undefined) return [];
      return outside.has(at) ? [outsideFinding(module, program)] : switchFindings(module, at, index, program);
    });
  },
};

/** More policies than these are counted. */
const MOST_NAMED = 4;

function outsideFinding({ name, span }: Module, { ruleset: { policies } }: Program): Finding {
  const who =
    policies.length === 1
      ? `the policy ${namesOf(policies)} does not have it`
      : policies.length <= MOST_NAMED
        ? `none of the policies ${namesOf(policies)} has it`
        : `none of the ${policies.length} policies has it`;
  return {
    message: `no packet reaches module \`${name}\`: ${who} in a chain, and no signature hands packets on to it`,
    labels: [{ span }],
    help: 'name it behind `with` in a `protect` line: a module that is named brings what stands in it, and not what it stands in',
  };
}

/** `index` is a signature of the module. */
function switchFindings({ name, span }: Module, at: number, index: number, program: Program): readonly Finding[] {
  const { proofs, widest, workshop, ruleset } = program;
  if (!proofs().never.includes(index)) return [];
  const reach = all((widest().requirements?.(index) ?? []).map(({ formula }) => formula));
  if (!proverFor(ruleset.layouts).isNever(reach)) return [];
  const parts = writtenParts(contradictionIn(workshop(), reach), program) ?? [];
  const why = parts.length === 0 ? 'no packet satisfies its switch' : together(parts);
  return [
    {
      message: `no packet reaches module \`${name}\`: ${why}`,
      labels: [{ span }, ...parts.map((part) => ({ span: part.span, text: 'of what reaches it' }))],
      help: `the switches of a module and of all that it stands in hold together, or the packet does not reach it${valuesNote(at, program)}`,
    },
  ];
}
