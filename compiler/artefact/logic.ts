/**
 * The section `logic`: all of a ruleset but its tests. First the tables of what is shared, each referring only to what stands before
 * it, then layouts, views and signatures, then where the lines of each source begin.
 */
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { freeNames, namesIn } from '../logic/occurrences.js';
import type { HeaderRef } from '../logic/value.js';
import type { Ruleset, Signature, View } from '../ruleset.js';
import { Malformed, reader, writer } from './bytes.js';
import { as, type Codec, list, natural, record } from './codec.js';
import { layoutOf, signatureOf, viewOf } from './declarations.js';
import { emptyTables, type Tables } from './values.js';

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
  const { layouts, views, signatures, sources } = listsOf(tables);
  const body = writer();
  layouts.write(body, ruleset.layouts);
  views.write(body, ruleset.views);
  signatures.write(body, ruleset.signatures);
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
  const { layouts, views, signatures, sources } = listsOf(tables);
  const ruleset = {
    ...{ layouts: layouts.read(from), views: views.read(from), signatures: signatures.read(from) },
    ...{ modules: [], policies: [] },
  };
  const lines = sources.read(from);
  if (from.left() > 0) throw new Malformed('there is more than it says');
  checkReferences(ruleset, tables);
  return { ruleset, lines };
}

function inOrder(tables: Tables): readonly Pick<Tables['text'], 'writeAll' | 'readAll'>[] {
  const { text, header, place, carrier, value, set, literal, formula } = tables;
  return [text, header, place, carrier, value, set, literal, formula];
}

function listsOf(tables: Tables): {
  readonly layouts: Codec<readonly Layout[]>;
  readonly views: Codec<readonly View[]>;
  readonly signatures: Codec<readonly Signature[]>;
  readonly sources: Codec<readonly SourceLines[]>;
} {
  return {
    layouts: list(layoutOf(tables)),
    views: list(viewOf(tables)),
    signatures: list(signatureOf(tables)),
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

/** Nothing refers to a layout, list or occurrence that is not there: what runs a ruleset relies on it. */
function checkReferences({ layouts, views, signatures }: Logic['ruleset'], { header, value, formula }: Tables): void {
  // From the lowest level up: the names of each are known when the next asks for them, and no depth exhausts the stack.
  value.entries.forEach(namesIn);
  formula.entries.forEach(freeNames);
  const isThere = ({ layout, entry }: HeaderRef): boolean => {
    const found = layouts[layout];
    return found !== undefined && (!entry || found.lists[entry.list]?.cases[entry.case] !== undefined);
  };
  const formulas = [...signatures.map(({ when }) => when), ...layouts.flatMap(conditionsOf)];
  const holds =
    layouts.every((layout, place) => layout.index === place) &&
    views.every((view) => view.headers.every((layout) => layouts[layout])) &&
    header.entries.every(isThere) &&
    formula.entries.every((f) => f.kind !== 'Malformed' || isThereWithList(f, layouts)) &&
    formulas.every((f) => freeNames(f).size === 0);
  if (!holds) throw new Malformed('it refers to what is not there');
}

function conditionsOf({ extent, next }: Layout): readonly Formula[] {
  return [...(extent ? [extent.when] : []), ...next.map(({ when }) => when)];
}

function isThereWithList(
  { layout, list: number }: Extract<Formula, { kind: 'Malformed' }>,
  layouts: readonly Layout[],
): boolean {
  const found = layouts[layout];
  return found !== undefined && (number === undefined || found.lists[number] !== undefined);
}
