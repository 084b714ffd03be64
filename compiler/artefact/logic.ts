/**
 * The section `logic`: all of a ruleset but its tests. First the tables of what is shared, each referring only to what stands before
 * it, then layouts, views, signatures, modules, policies and which of these is in force, then where the lines of each source begin.
 */
import type { Ruleset } from '../ruleset.js';
import { Malformed, reader, writer } from './bytes.js';
import { as, type Codec, list, natural, optional, record } from './codec.js';
import { layoutOf, moduleOf, policyOf, signatureOf, viewOf } from './declarations.js';
import { checkReferences } from './references.js';
import { emptyTables, index, type Tables } from './values.js';

/** A rule file or list, as far as places are to be named in it. */
export interface SourceLines {
  readonly name: string;
  /** Offsets at which its lines begin, the first one's 0 left out. */
  readonly starts: readonly number[];
}

/** What the section says. */
export interface Logic {
  readonly ruleset: Omit<Ruleset, 'tests'>;
  readonly lines: readonly SourceLines[];
}

/** The section's bytes; `fileName` says what the file of a span is called in the artefact. */
export function encodeLogic({ ruleset, lines }: Logic, fileName: (file: string) => string): Uint8Array {
  const tables = emptyTables(fileName);
  const { layouts, views, signatures, modules, policies, policy, sources } = listsOf(tables);
  const body = writer();
  layouts.write(body, ruleset.layouts);
  views.write(body, ruleset.views);
  signatures.write(body, ruleset.signatures);
  modules.write(body, ruleset.modules);
  policies.write(body, ruleset.policies);
  policy.write(body, ruleset.policy && ruleset.policies.indexOf(ruleset.policy));
  sources.write(body, lines);
  const all = writer();
  for (const table of inOrder(tables)) table.writeAll(all);
  all.raw(body.written());
  return all.written();
}

/** What the section says; throws `Malformed` where it cannot have been written by `encodeLogic`. */
export function decodeLogic(bytes: Uint8Array): Logic {
  const from = reader(bytes);
  const tables = emptyTables((file) => file);
  for (const table of inOrder(tables)) table.readAll(from);
  const { layouts, views, signatures, modules, policies, policy, sources } = listsOf(tables);
  const ruleset = {
    ...{ layouts: layouts.read(from), views: views.read(from), signatures: signatures.read(from) },
    ...{ modules: modules.read(from), policies: policies.read(from) },
  };
  const inForce = policy.read(from);
  const lines = sources.read(from);
  if (from.left() > 0) throw new Malformed('there is more than it says');
  if (inForce !== undefined && !ruleset.policies[inForce]) throw new Malformed('it refers to what is not there');
  checkReferences(ruleset, tables);
  const chosen = inForce === undefined ? undefined : ruleset.policies[inForce];
  return { ruleset: { ...ruleset, ...(chosen && { policy: chosen }) }, lines };
}

function inOrder(tables: Tables): readonly Pick<Tables['text'], 'writeAll' | 'readAll'>[] {
  const { text, header, place, carrier, value, set, literal, formula } = tables;
  return [text, header, place, carrier, value, set, literal, formula];
}

function listsOf(tables: Tables) {
  return {
    layouts: list(layoutOf(tables)),
    views: list(viewOf(tables)),
    signatures: list(signatureOf(tables)),
    modules: list(moduleOf(tables)),
    policies: list(policyOf(tables)),
    policy: optional(index),
    sources: list(record<SourceLines>({ name: tables.text, starts: ascending })),
  };
}

/** Offsets as their distances. */
const ascending: Codec<readonly number[]> = as(
  list(natural(0xffff_ffff)),
  (starts: readonly number[]) => starts.map((start, i) => start - (starts[i - 1] ?? 0)),
  (gaps): readonly number[] => {
    let start = 0;
    return gaps.map((gap) => (start += gap));
  },
);
