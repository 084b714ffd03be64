/** What must hold beside a signature's own condition for it to match, each by what it is for: what is said of a packet names it. */
import type { Formula } from '../logic/formula.js';

export type Requirement =
  /** The policy in force covers the packet. */
  | { readonly kind: 'Covered'; readonly formula: Formula }
  /** The policy in force has the module, or one that it stands in, in the packet's chain. */
  | { readonly kind: 'Chain'; readonly module: number; readonly formula: Formula }
  /** The switch of the signature's module, or of one that this stands in. */
  | { readonly kind: 'Switch'; readonly module: number; readonly formula: Formula }
  /** The module asks what stands in `own`, or one of the signatures `by` matches and hands the packet on to it. */
  | {
      readonly kind: 'Reached';
      readonly module: number;
      readonly formula: Formula;
      readonly own: readonly Requirement[];
      readonly by: readonly number[];
    }
  /** Never: the policy in force disables the signature. */
  | { readonly kind: 'Enabled'; readonly formula: Formula };
