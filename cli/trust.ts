/** Whom a machine trusts to say what it executes. */
import { verify } from 'node:crypto';
import { type Artefact, decodeArtefact } from '../compiler/artefact/artefact.js';
import { unpackSections } from '../compiler/artefact/container.js';
import { readSignatures, type Signed, type SignedSections } from '../compiler/artefact/signatures.js';
import type { Diagnostic, DiagnosticKind } from '../grammar/diagnostic.js';
import { Problem } from '../runtime/problem.js';
import { keyName, keyOfBytes, type PublicKey, readPublicKey } from './keys.js';
import { sha256 } from '../runtime/sha256.js';
import { forged, unsigned, untrusted } from './trust-diagnostics.js';

/** Keys of which one must have signed; undefined: whatever is named is executed. */
export type Trust = readonly PublicKey[] | undefined;

/** Reads the keys that `--trust` and `[trust]` name; throws a `Problem` where one of them is none. */
export function readTrust(paths: readonly string[] | undefined): Trust {
  return paths?.map(readPublicKey);
}

/**
 * The one way from bytes to what is executed: for `sigward run`, and for whatever comes through the control socket. Throws a `Problem` unless the
 * bytes are an artefact, as it was written, and one of the keys has signed all of it; `path` is what findings call it. What is executed must be
 * what comes from here, or these very bytes, and not the file read again.
 */
export function loadTrusted(bytes: Uint8Array, keys: Trust, path: string): Artefact {
  if (keys) signersOf(bytes, keys, path);
  return valueOf(decodeArtefact(bytes, path, sha256));
}

/** The trusted keys that have signed the artefact, at least one. Throws a `Problem` where there is none. */
export function signersOf(bytes: Uint8Array, keys: readonly PublicKey[], path: string): readonly PublicKey[] {
  const { signatures, message } = signedSections(bytes, path);
  const refuse = <P>(kind: DiagnosticKind<P>, p: P): never => {
    throw Problem.of(kind, p);
  };
  const claimed = keys.flatMap((trusted) => {
    const entry = signatures.find(({ key }) => Buffer.compare(key, trusted.bytes) === 0);
    return entry ? [{ trusted, fits: verify(null, message, trusted.key, entry.signature) }] : [];
  });
  const wrong = claimed.find(({ fits }) => !fits);
  // Somebody who is trusted signed something else: whatever others say of this, it is not to be executed.
  if (wrong) return refuse(forged, { path, signer: `\`${wrong.trusted.path}\`` });
  if (signatures.length === 0) return refuse(unsigned, { path });
  if (claimed.length === 0) return refuse(untrusted, { path, signers: signatures.map(({ key }) => keyName(key)) });
  return claimed.map(({ trusted }) => trusted);
}

/** The signatures of an artefact and what they are over. Throws a `Problem` where the bytes are none, or not as they were written. */
export function signedSections(bytes: Uint8Array, path: string): SignedSections {
  const { value: sections, diagnostics } = unpackSections(bytes, path, sha256);
  return valueOf(diagnostics.length > 0 ? { diagnostics } : readSignatures(sections, path, sha256));
}

/** Whether a signature is that of the key it names, whoever that is. */
export function isOwn({ key, signature }: Signed, message: Uint8Array): boolean {
  return verify(null, message, keyOfBytes(key), signature);
}

function valueOf<T>({ value, diagnostics }: { readonly value?: T; readonly diagnostics: readonly Diagnostic[] }): T {
  const [first] = diagnostics;
  if (first) throw new Problem(first);
  if (value === undefined) throw new Error('an artefact without findings has a value');
  return value;
}
