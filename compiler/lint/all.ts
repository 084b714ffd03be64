/** Every lint, by name. */
import type { Lint } from './lint.js';
import { beyondSegment } from './lints/beyond-segment.js';
import { broadPass } from './lints/broad-pass.js';
import { caseSensitiveField } from './lints/case-sensitive-field.js';
import { dearSignature } from './lints/dear-signature.js';
import { duplicateTitle } from './lints/duplicate-title.js';
import { eitherDirection } from './lints/either-direction.js';
import { flagsEqual } from './lints/flags-equal.js';
import { forgeableCount } from './lints/forgeable-count.js';
import { invalidIgnore } from './lints/invalid-ignore.js';
import { linkLayerInline } from './lints/link-layer-inline.js';
import { malformedFragment } from './lints/malformed-fragment.js';
import { missingMetadata } from './lints/missing-metadata.js';
import { missingReference } from './lints/missing-reference.js';
import { negatedAbsence } from './lints/negated-absence.js';
import { pointlessModifier } from './lints/pointless-modifier.js';
import { segmentEnd } from './lints/segment-end.js';
import { silentDrop } from './lints/silent-drop.js';
import { splitPayload } from './lints/split-payload.js';
import { untestedSignature } from './lints/untested-signature.js';
import { unusedName } from './lints/unused-name.js';
import { unusedIgnore } from './lints/unused-ignore.js';
import { volatileField } from './lints/volatile-field.js';
import { weakPattern } from './lints/weak-pattern.js';

export const ALL_LINTS: readonly Lint[] = [
  beyondSegment,
  broadPass,
  caseSensitiveField,
  dearSignature,
  duplicateTitle,
  eitherDirection,
  flagsEqual,
  forgeableCount,
  invalidIgnore(() => LINT_NAMES),
  linkLayerInline,
  malformedFragment,
  missingMetadata,
  missingReference,
  negatedAbsence,
  pointlessModifier,
  segmentEnd,
  silentDrop,
  splitPayload,
  untestedSignature,
  unusedIgnore,
  unusedName,
  volatileField,
  weakPattern,
];

export const LINT_NAMES: readonly string[] = ALL_LINTS.map(({ name }) => name);
