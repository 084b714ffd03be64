/** Signed artefacts without files. */
import { type KeyObject, sign } from 'node:crypto';
import { encodeArtefact } from '../../compiler/artefact/artefact.js';
import { type Section, unpackSections } from '../../compiler/artefact/container.js';
import { addSignature } from '../../compiler/artefact/signatures.js';
import { publicBytes } from '../../cli/keys.js';
import { sha256 } from '../../runtime/sha256.js';
import { signedSections } from '../../cli/trust.js';
import { compiled } from './compile.js';

/** An artefact of these rules, its code made up. */
export function artefactOf(text: string): Uint8Array {
  const code = new TextEncoder().encode(text);
  const sources = [{ file: 'main.sig', name: 'main.sig', text }];
  const input = { ruleset: compiled(text), sources, code, hash: 'sha256:0', sigward: '1' };
  return encodeArtefact(input, sha256);
}

/** What `sigward sign` would write, or nothing where there are too many signatures already. */
export function signedBy(file: Uint8Array, key: KeyObject): Uint8Array | undefined {
  const sections = signedSections(file, '');
  return addSignature(sections, { key: publicBytes(key), signature: sign(null, sections.message, key) }, sha256);
}

/** The sections of a file. */
export function sectionsOf(file: Uint8Array): readonly Section[] {
  return unpackSections(file, '', sha256).value;
}
