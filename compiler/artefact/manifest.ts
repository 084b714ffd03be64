/** The section `manifest`: what an artefact is, for people and programs that do not run it. */
import type { Ruleset, Severity } from '../ruleset.js';
import { SEVERITIES } from '../ruleset.js';
import { Malformed } from './bytes.js';
import { decodeText } from './codec.js';
import { FORMAT } from './container.js';

/** The version of the language (`spec.md`) that rules are written in; it grows when the meaning of a rule changes. */
const LANGUAGE = 1;

export interface Manifest {
  /** Versions of the format and of the language. */
  readonly format: number;
  readonly language: number;
  /** The sigward that compiled it. */
  readonly sigward: string;
  /** What alerts call the ruleset (`sha256:…`): the same as where it runs from its rules. */
  readonly ruleset: string;
  readonly counts: { readonly layouts: number; readonly signatures: number; readonly sources: number };
  /** Each with what it stands in, and the indices of the signatures that stand in it and in no other. */
  readonly modules: readonly ModuleSummary[];
  /** Names of the policies that are declared. */
  readonly policies: readonly string[];
  /** The one that the code was made for; without one, the code covers every packet by all modules. */
  readonly policy?: string;
  readonly signatures: readonly SignatureSummary[];
  readonly sources: readonly SourceSummary[];
}

/** A module, without its switch. */
export interface ModuleSummary {
  readonly name: string;
  readonly parent?: string;
  readonly signatures: readonly number[];
}

/** One signature, without what it looks for. */
export interface SignatureSummary {
  readonly name: string;
  readonly id: number;
  readonly rev: number;
  readonly title: string;
  readonly severity: Severity;
  readonly class: string;
}

/** A file that was compiled. */
export interface SourceSummary {
  /** From the folder that holds all of them, with `/`; `std/…` is the standard library. */
  readonly name: string;
  /** Of its text in UTF-8, in hexadecimal. */
  readonly sha256: string;
}

/** Where the manifest's parts come from. */
export interface ManifestInput {
  readonly ruleset: Pick<Ruleset, 'layouts' | 'signatures' | 'modules' | 'policies' | 'policy'>;
  readonly sources: readonly SourceSummary[];
  readonly hash: string;
  readonly sigward: string;
}

/** The manifest of a ruleset. */
export function manifestOf({ ruleset, sources, hash, sigward }: ManifestInput): Manifest {
  const { layouts, signatures, modules, policies, policy } = ruleset;
  return {
    format: FORMAT,
    language: LANGUAGE,
    sigward,
    ruleset: hash,
    counts: { layouts: layouts.length, signatures: signatures.length, sources: sources.length },
    modules: modules.map(({ name, parent }, module): ModuleSummary => {
      const outer = parent === undefined ? undefined : modules[parent];
      const own = signatures.flatMap((one, index) => (one.module === module ? [index] : []));
      return { name, ...(outer && { parent: outer.name }), signatures: own };
    }),
    policies: policies.map(({ name }) => name),
    ...(policy && { policy: policy.name }),
    signatures: signatures.map(({ name, id, rev, title, severity, class: kind }) => {
      return { name, id, rev, title, severity, class: kind };
    }),
    sources,
  };
}

/** JSON without white space, the keys of each object in order: one text for one value. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(manifest, inOrder));
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The manifest in the bytes; throws `Malformed` where there is none. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const value = parsed(decodeText(bytes));
  if (!isManifest(value)) throw new Malformed('the manifest lacks something');
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('the manifest is not JSON');
  }
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isNatural: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isSeverity: Test = (value) => SEVERITIES.some((severity) => severity === value);
const isMaybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const listOf =
  (element: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(element);
const isRecord =
  (fields: Readonly<Record<string, Test>>): Test =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([key, test]) => test((value as Readonly<Record<string, unknown>>)[key]));

const hasManifestFields = isRecord({
  format: isNatural,
  language: isNatural,
  sigward: isText,
  ruleset: isText,
  counts: isRecord({ layouts: isNatural, signatures: isNatural, sources: isNatural }),
  modules: listOf(isRecord({ name: isText, parent: isMaybe(isText), signatures: listOf(isNatural) })),
  policies: listOf(isText),
  policy: isMaybe(isText),
  signatures: listOf(
    isRecord({ name: isText, id: isNatural, rev: isNatural, title: isText, severity: isSeverity, class: isText }),
  ),
  sources: listOf(isRecord({ name: isText, sha256: isText })),
} satisfies Record<keyof Manifest, Test>);

function isManifest(value: unknown): value is Manifest {
  return hasManifestFields(value);
}
