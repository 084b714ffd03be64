/** The compiled artefact (`.sigc`): what a ruleset says, how it runs, and what it came from, in one file. The same input gives the same bytes. */
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import type { Policy, Ruleset } from '../ruleset.js';
import { Malformed } from './bytes.js';
import { type FoundSection, hexOf, packSections, type Sha256, unpackSections } from './container.js';
import { impossibleArtefact } from './diagnostics.js';
import { decodeLogic, encodeLogic, type SourceLines } from './logic.js';
import { decodeManifest, encodeManifest, type Manifest, manifestOf } from './manifest.js';

/** A rule file or list that was compiled. */
export interface Source {
  /** What spans call it. */
  readonly file: string;
  /** What the artefact calls it: the same wherever the rules lie. */
  readonly name: string;
  readonly text: string;
}

/** What an artefact is made of. */
export interface ArtefactInput {
  readonly ruleset: Ruleset;
  readonly sources: readonly Source[];
  /** What the engine runs under the ruleset's policy, in the engine's own form; empty where it makes its own. */
  readonly code: Uint8Array;
  /** What alerts call the ruleset. */
  readonly hash: string;
  /** The sigward that compiles. */
  readonly sigward: string;
}

/** What was read. */
export interface Artefact {
  readonly manifest: Manifest;
  /** Without tests; the policy in force is the one that the code was made for. */
  readonly ruleset: Ruleset;
  readonly code: Uint8Array<ArrayBuffer>;
  readonly lines: readonly SourceLines[];
}

const LOGIC = 'logic/root';

/** The file's bytes. */
export function encodeArtefact({ ruleset, sources, code, hash, sigward }: ArtefactInput, sha256: Sha256): Uint8Array {
  const named = sources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Map(named.map(({ file, name }) => [file, name]));
  const lines = named.map(({ name, text }) => ({ name, starts: lineStarts(text) }));
  const summaries = named.map(({ name, text }) => ({ name, sha256: hexOf(sha256(new TextEncoder().encode(text))) }));
  const manifest = manifestOf({ ruleset, sources: summaries, hash, sigward });
  return pack(
    manifest,
    encodeLogic({ ruleset, lines }, (file) => names.get(file) ?? file),
    code,
    sha256,
  );
}

/** The file's bytes of what was read, under another policy of it or none: `code` is made for that. Nobody has signed it. */
export function encodeUnder(
  { manifest, ruleset, lines }: Artefact,
  policy: Policy | undefined,
  code: Uint8Array,
  sha256: Sha256,
): Uint8Array {
  const { policy: _before, ...bare } = ruleset;
  const under = { ...bare, ...(policy && { policy }) };
  const { sources, ruleset: hash, sigward } = manifest;
  const logic = encodeLogic({ ruleset: under, lines }, (file) => file);
  return pack(manifestOf({ ruleset: under, sources, hash, sigward }), logic, code, sha256);
}

function pack(manifest: Manifest, logic: Uint8Array, code: Uint8Array, sha256: Sha256): Uint8Array {
  const sections = [
    { name: 'manifest', bytes: encodeManifest(manifest) },
    { name: LOGIC, bytes: logic },
    { name: 'code', bytes: code },
  ];
  return packSections(sections, sha256);
}

function lineStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Reads a file that anybody may have written; `path` is what findings call it. There is a value where there is no finding. */
export function decodeArtefact(
  file: Uint8Array,
  path: string,
  sha256: Sha256,
): { readonly value?: Artefact; readonly diagnostics: readonly Diagnostic[] } {
  const { value: sections, diagnostics } = unpackSections(file, path, sha256);
  if (diagnostics.length > 0) return { diagnostics };
  const manifest = readSection(sections, 'manifest', path, decodeManifest);
  const logic = readSection(sections, LOGIC, path, decodeLogic);
  const code = readSection(sections, 'code', path, (bytes) => new Uint8Array(bytes));
  if (!('value' in manifest)) return manifest;
  if (!('value' in logic)) return logic;
  if (!('value' in code)) return code;
  const { ruleset, lines } = logic.value;
  return {
    value: { manifest: manifest.value, ruleset: { ...ruleset, tests: [] }, code: code.value, lines },
    diagnostics: [],
  };
}

/** The manifest of a file whose sections were read, where that section is as it was written. */
export function manifestIn(sections: readonly FoundSection[], path: string): Manifest | undefined {
  const intact = sections.filter(({ isIntact }) => isIntact);
  const read = readSection(intact, 'manifest', path, decodeManifest);
  return 'value' in read ? read.value : undefined;
}

type Read<T> = { readonly value: T } | { readonly diagnostics: readonly Diagnostic[] };

function readSection<T>(
  sections: readonly FoundSection[],
  name: string,
  path: string,
  decode: (bytes: Uint8Array) => T,
): Read<T> {
  const found = sections.find((section) => section.name === name);
  try {
    if (!found) throw new Malformed('there is none');
    return { value: decode(found.bytes) };
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    return { diagnostics: [report(impossibleArtefact, { path, section: name, why: cause.message })] };
  }
}
