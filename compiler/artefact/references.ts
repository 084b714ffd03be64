/** Whether what was read of an artefact hangs together. */
import { unlinkableIn } from '../link/limits.js';
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { freeNames, namesIn } from '../logic/occurrences.js';
import type { HeaderRef } from '../logic/value.js';
import type { Actions, Count, Ruleset } from '../ruleset.js';
import { Malformed } from './bytes.js';
import type { Tables } from './values.js';

/** Nothing refers to a layout, list or occurrence that is not there: what runs a ruleset relies on it. */
export function checkReferences(ruleset: Omit<Ruleset, 'tests'>, { header, value, formula }: Tables): void {
  const { layouts, views, signatures, modules } = ruleset;
  // From the lowest level up: the names of each are known when the next asks for them, and no depth exhausts the stack.
  value.entries.forEach(namesIn);
  formula.entries.forEach(freeNames);
  const isThere = ({ layout, entry }: HeaderRef): boolean => {
    const found = layouts[layout];
    return found !== undefined && (!entry || found.lists[entry.list]?.cases[entry.case] !== undefined);
  };
  const formulas = [
    ...signatures.map(({ when }) => when),
    ...modules.map(({ on }) => on),
    ...layouts.flatMap(conditionsOf),
  ];
  const holds =
    layouts.every((layout, place) => layout.index === place) &&
    views.every((view) => view.headers.every((layout) => layouts[layout])) &&
    header.entries.every(isThere) &&
    formula.entries.every((f) => f.kind !== 'Malformed' || isThereWithList(f, layouts)) &&
    formulas.every((f) => freeNames(f).size === 0) &&
    areModulesThere(ruleset);
  if (!holds) throw new Malformed('it refers to what is not there');
  if (unlinkableIn(ruleset)) throw new Malformed('its modules cannot be linked');
}

/** Whether modules, and signatures that policies name, are there; and a signature that counts forwards nowhere. */
function areModulesThere({ signatures, modules, policies }: Omit<Ruleset, 'tests'>): boolean {
  const isModule = (module: number): boolean => modules[module] !== undefined;
  const isSignature = (signature: number): boolean => signatures[signature] !== undefined;
  const canForward = ({ forward = [] }: Actions, count: Count | undefined): boolean =>
    forward.every(isModule) && isAscending(forward) && (forward.length === 0 || count === undefined);
  return (
    modules.every(({ parent }) => parent === undefined || isModule(parent)) &&
    signatures.every((one) => (one.module === undefined || isModule(one.module)) && canForward(one, one.count)) &&
    policies.every(
      ({ protect, disabled, overrides }) =>
        protect.every((line) => line.modules.every(isModule)) &&
        disabled.every(isSignature) &&
        overrides.every(({ signature, actions }) => {
          return isSignature(signature) && canForward(actions, signatures[signature]?.count);
        }) &&
        isAscending(overrides.map(({ signature }) => signature)),
    )
  );
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0));
}

function conditionsOf({ extent, next }: Layout): readonly Formula[] {
  return [...(extent ? [extent.when] : []), ...next.map(({ when }) => when)];
}

function isThereWithList(
  { layout, list: number }: Extract<Formula, { kind: 'Malformed' }>,
  layouts: readonly Layout[],
): boolean {
  const found = layouts[layout];
  return found !== undefined && (number === undefined || found.lists[number] !== undefined);
}
