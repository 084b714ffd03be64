import type { Signature } from '../../compiler/ruleset.js';
import type { SignatureEvidence } from '../../compiler/witness/signature.js';

/** A signature with its packets. */
export interface Shown {
  readonly signature: Signature;
  readonly evidence: SignatureEvidence;
}
