/** What the check of one declaration gives, and what it depends on. */
import type { Declaration } from '../../grammar/ast.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Layout } from '../logic/layout.js';
import type { Signature, View } from '../ruleset.js';
import type { Forward } from './actions.js';
import type { Switch } from './modules.js';
import type { PolicyDraft } from './policies.js';
import type { Declared } from './scope.js';
import type { SymbolUse } from './symbols.js';
import type { TestSteps } from './tests.js';
import type { Typed } from './types.js';

/** It stays true as long as none of `names` means something else, and the headers are the same. */
export interface Outcome {
  readonly problems: readonly Diagnostic[];
  /** Empty where symbols were not asked for. */
  readonly symbols: readonly SymbolUse[];
  /** Every name that was looked up, found or not, and paths of lists; `ANY` where all names that there are had a say. */
  readonly names: readonly string[];
  readonly result: Result;
}

/** What a declaration becomes. */
export interface Result {
  readonly layout?: Layout;
  /** Of a constant or parameter. */
  readonly value?: Typed;
  readonly view?: View;
  readonly signature?: Signature;
  /** The modules that a signature hands packets on to. */
  readonly forward?: readonly Forward[];
  readonly switch?: Switch;
  readonly policy?: PolicyDraft;
  readonly test?: TestSteps;
}

/** A declaration and what its check gave. */
export interface Judged extends Declared<Declaration> {
  readonly outcome: Outcome;
}
