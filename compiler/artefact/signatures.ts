/**
 * The section `signatures`: who vouches for an artefact. Each entry is a key and its Ed25519 signature (RFC 8032), in the order of the keys.
 *
 * Signed is what would stand before the sections of the file without this one (`container.ts`): magic, version, and the table with name, place,
 * length and SHA-256 of every section. So a signature fits this file alone: no byte of a section can be another one, none can be exchanged for
 * that of another file, added, left out, or put elsewhere. Signatures are beside it, and one can be added without disturbing the others.
 */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { report } from '../../grammar/diagnostic.js';
import { headOf, packSections, type Section, type Sha256 } from './container.js';
import { impossibleArtefact } from './diagnostics.js';

/** One signature. */
export interface Signed {
  /** The public key: 32 bytes, as RFC 8032 writes it. */
  readonly key: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** An artefact's sections, and what is signed of them. */
export interface SignedSections {
  readonly signatures: readonly Signed[];
  /** What each signature is over. */
  readonly message: Uint8Array;
  /** The sections that it says. */
  readonly content: readonly Section[];
}

const NAME = 'signatures';
const KEY = 32;
const ENTRY = KEY + 64;
/** Each is tried where a file is read. */
const MOST = 64;
/** A key that signs other things, too, never signs this by mistake. */
const CONTEXT = new TextEncoder().encode('sigward artefact\0');

/** Parts the signatures of a file from what they are over; `path` is what a finding calls the file. There is a value where there is no finding. */
export function readSignatures(
  sections: readonly Section[],
  path: string,
  sha256: Sha256,
): { readonly value?: SignedSections; readonly diagnostics: readonly Diagnostic[] } {
  const content = sections.filter(({ name }) => name !== NAME);
  const found = sections.find(({ name }) => name === NAME);
  const signatures = found ? entriesOf(found.bytes) : [];
  const why = typeof signatures === 'string' ? signatures : orderOf(sections);
  if (typeof signatures === 'string' || why !== undefined)
    return { diagnostics: [report(impossibleArtefact, { path, section: NAME, why: why ?? '' })] };
  return { value: { signatures, message: messageOf(content, sha256), content }, diagnostics: [] };
}

/** The file with a further signature, in place of one by the same key; nothing where it has as many as a file can have. */
export function addSignature(
  { content, signatures }: Pick<SignedSections, 'content' | 'signatures'>,
  added: Signed,
  sha256: Sha256,
): Uint8Array | undefined {
  const others = signatures.filter(({ key }) => compare(key, added.key) !== 0);
  const all = [...others, added].sort((a, b) => compare(a.key, b.key));
  if (all.length > MOST) return undefined;
  const bytes = new Uint8Array(all.length * ENTRY);
  for (const [i, { key, signature }] of all.entries()) {
    bytes.set(key, i * ENTRY);
    bytes.set(signature, i * ENTRY + KEY);
  }
  return packSections([...content, { name: NAME, bytes }], sha256);
}

function messageOf(content: readonly Section[], sha256: Sha256): Uint8Array {
  const head = headOf(content, sha256);
  const message = new Uint8Array(CONTEXT.length + head.length);
  message.set(CONTEXT);
  message.set(head, CONTEXT.length);
  return message;
}

/** The entries, or why they are none. There is one way to write them. */
function entriesOf(bytes: Uint8Array): Signed[] | string {
  const count = bytes.length / ENTRY;
  if (!Number.isInteger(count) || count === 0) return 'an entry is cut off';
  if (count > MOST) return `there are more than ${MOST} signatures`;
  const entries = Array.from({ length: count }, (_, i) => {
    const entry = bytes.subarray(i * ENTRY, (i + 1) * ENTRY);
    return { key: entry.subarray(0, KEY), signature: entry.subarray(KEY) };
  });
  const isOrdered = entries.every(({ key }, i) => i === 0 || compare(entries[i - 1]?.key ?? key, key) < 0);
  return isOrdered ? entries : 'keys are out of order';
}

function orderOf(sections: readonly Section[]): string | undefined {
  const at = sections.findIndex(({ name }) => name === NAME);
  return at < 0 || at === sections.length - 1 ? undefined : 'another section stands behind it';
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < KEY; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
}
