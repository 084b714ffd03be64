/** Every lint, by name. */
import type { Lint } from './lint.js';
import { alwaysMatches } from './lints/always-matches.js';
import { beyondSegment } from './lints/beyond-segment.js';
import { broadPass } from './lints/broad-pass.js';
import { caseSensitiveField } from './lints/case-sensitive-field.js';
import { conflictingVerdicts } from './lints/conflicting-verdicts.js';
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
import { needlessPart } from './lints/needless-part.js';
import { negatedAbsence } from './lints/negated-absence.js';
import { neverMatches } from './lints/never-matches.js';
import { overruledSignature } from './lints/overruled-signature.js';
import { pointlessModifier } from './lints/pointless-modifier.js';
import { sameCondition } from './lints/same-condition.js';
import { segmentEnd } from './lints/segment-end.js';
import { shadowedSignature } from './lints/shadowed-signature.js';
import { silentDrop } from './lints/silent-drop.js';
import { splitPayload } from './lints/split-payload.js';
import { subsumedSignature } from './lints/subsumed-signature.js';
import { unreachableModule } from './lints/unreachable-module.js';
import { unreachableSignature } from './lints/unreachable-signature.js';
import { untestedSignature } from './lints/untested-signature.js';
import { unusedIgnore } from './lints/unused-ignore.js';
import { unusedName } from './lints/unused-name.js';
import { volatileField } from './lints/volatile-field.js';
import { weakPattern } from './lints/weak-pattern.js';

export const ALL_LINTS: readonly Lint[] = [
  alwaysMatches,
  beyondSegment,
  broadPass,
  caseSensitiveField,
  conflictingVerdicts,
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
  needlessPart,
  negatedAbsence,
  neverMatches,
  overruledSignature,
  pointlessModifier,
  sameCondition,
  segmentEnd,
  shadowedSignature,
  silentDrop,
  splitPayload,
  subsumedSignature,
  unreachableModule,
  unreachableSignature,
  untestedSignature,
  unusedIgnore,
  unusedName,
  volatileField,
  weakPattern,
];

export const LINT_NAMES: readonly string[] = ALL_LINTS.map(({ name }) => name);
