/** Rulesets with modules and policies: signatures and switches of any kind, put into trees, chains and forwards of any shape. */
import fc from 'fast-check';
import { addressKey } from '../../compiler/logic/value.js';
import { type IntSet, setOf } from '../../compiler/logic/set.js';
import type { Actions, Module, Policy, Ruleset, Signature } from '../../compiler/ruleset.js';
import { isClean } from '../../grammar/diagnostic.js';
import { compileSig } from '../support/compile.js';
import { arbRules } from './rulesets.js';

const SPAN = { file: 'main.sig', start: 0, end: 0 };
const ACTIONS: Actions = { log: true, verdict: 'accept' };

/** Networks that packets of `arbPackets` come from, go to, or miss; they overlap. */
const NETWORKS: readonly IntSet[] = [
  [v4(0x0a000000, 0x0affffff)],
  [v4(0x0a000100, 0x0a0001ff)],
  [v4(0x0a000001, 0x0a000001)],
  [v4(0xc0000200, 0xc00002ff)],
  [{ low: addressKey('addr6', 0n), high: addressKey('addr6', (1n << 128n) - 1n) }],
];

function v4(low: number, high: number): IntSet[number] {
  return { low: addressKey('addr4', BigInt(low)), high: addressKey('addr4', BigInt(high)) };
}

/** What is chosen for each module, signature and policy; numbers are taken modulo what there is. */
const arbShape = fc.record({
  modules: fc.nat(5),
  isReversed: fc.boolean(),
  parents: fc.array(fc.option(fc.nat(9)), { minLength: 5, maxLength: 5 }),
  homes: fc.array(fc.option(fc.nat(9), { freq: 3 }), { minLength: 12, maxLength: 12 }),
  forwards: fc.array(fc.array(fc.nat(9), { maxLength: 2 }), { minLength: 12, maxLength: 12 }),
  policy: fc.option(
    fc.record({
      lines: fc.array(
        fc.record({
          networks: fc.array(fc.constantFrom(...NETWORKS), { minLength: 1, maxLength: 2 }),
          modules: fc.array(fc.nat(9), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      otherwise: fc.constantFrom('accept' as const, 'drop' as const),
      disabled: fc.array(fc.nat(99), { maxLength: 2 }),
      overrides: fc.array(fc.tuple(fc.nat(99), fc.array(fc.nat(9), { maxLength: 1 })), { maxLength: 2 }),
    }),
    { freq: 4 },
  ),
});

type Shape = typeof arbShape extends fc.Arbitrary<infer T> ? T : never;

const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** Puts the signatures of a flat ruleset into modules; the last ones become the modules' switches. */
function shaped(flat: Ruleset, shape: Shape): Ruleset {
  const count = Math.min(shape.modules, flat.signatures.length - 1);
  const plain = flat.signatures.slice(0, flat.signatures.length - count);
  // Edges go from lower to higher numbers, so nothing is cyclic; then the numbers may be turned round.
  const place = (module: number): number => (shape.isReversed ? count - 1 - module : module);
  const behind = (home: number | undefined, wanted: readonly number[]): number[] => {
    const first = home === undefined ? 0 : home + 1;
    return first < count ? ascending(wanted.map((one) => place(first + (one % (count - first))))) : [];
  };
  const modules: Module[] = [];
  for (let module = 0; module < count; module++) {
    const wanted = shape.parents[module] ?? null;
    modules[place(module)] = {
      name: `m${place(module)}`,
      ...(wanted !== null && module > 0 && { parent: place(wanted % module) }),
      on: flat.signatures[plain.length + module]?.when ?? { kind: 'True' },
      span: SPAN,
    };
  }
  const homes = plain.map((_, index) => {
    const wanted = shape.homes[index] ?? null;
    return wanted === null || count === 0 ? undefined : wanted % count;
  });
  const signatures = plain.map((signature, index): Signature => {
    const home = homes[index];
    const forward = behind(home, shape.forwards[index] ?? []);
    return {
      ...signature,
      ...(home !== undefined && { module: place(home) }),
      ...(forward.length > 0 && { forward }),
    };
  });
  if (!shape.policy) return { ...flat, signatures, modules };
  const { lines, otherwise, disabled, overrides } = shape.policy;
  const changed = new Map(overrides.map(([wanted, to]) => [wanted % signatures.length, to]));
  const policy: Policy = {
    name: 'p',
    protect: lines.map(({ networks, modules: named }) => ({
      networks: setOf(networks.flat()),
      modules: ascending(count === 0 ? [] : named.map((one) => one % count)),
    })),
    otherwise,
    disabled: ascending(disabled.map((one) => one % signatures.length)),
    overrides: ascending(changed.keys()).map((signature) => {
      const forward = behind(homes[signature], changed.get(signature) ?? []);
      return { signature, actions: { ...ACTIONS, ...(forward.length > 0 && { forward }) } };
    }),
    span: SPAN,
  };
  return { ...flat, signatures, modules, policies: [policy], policy };
}

/** Such a ruleset, and what it was made from for whoever has to repeat it. */
export const arbModular: fc.Arbitrary<{ readonly ruleset: Ruleset; readonly text: string }> = fc
  .tuple(arbRules(12), arbShape)
  .filter(([rules]) => isClean(compileSig(rules).diagnostics))
  .map(([rules, shape]) => ({
    ruleset: shaped(compileSig(rules).ruleset, shape),
    text: `${rules}\n${JSON.stringify(shape, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`,
  }));
