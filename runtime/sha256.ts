/** SHA-256, as the artefact's format asks for it: the compiler is pure, and is handed it. */
import { createHash } from 'node:crypto';

/** The 32 bytes of a hash. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
