/** Every lint, by name. */
import type { Lint } from './lint.js';
import { invalidIgnore } from './lints/invalid-ignore.js';
import { flagsEqual } from './lints/flags-equal.js';
import { unusedIgnore } from './lints/unused-ignore.js';

export const ALL_LINTS: readonly Lint[] = [flagsEqual, invalidIgnore(() => LINT_NAMES), unusedIgnore];

export const LINT_NAMES: readonly string[] = ALL_LINTS.map(({ name }) => name);
