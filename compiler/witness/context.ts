/** What a search for a packet goes by: the form of the packet, what it should look like where there is a choice, and how long it may take. */
import { headerSize, initialOf } from '../packets/build.js';
import { linearIn } from '../packets/linear.js';
import type { HeaderPlan } from '../packets/plan.js';
import type { Field, Layout } from '../logic/layout.js';
import type { BytesRef, FieldPlace, HeaderRef } from '../logic/value.js';
import { from, inDomain, nearest, onlyOf } from './domain.js';
import type { Draft } from './draft.js';
import { listBytes } from './lists.js';
import { carrierIn, indexOf, presentIn, type Shape } from './shape.js';

/** What a packet is to look like where nothing else is asked: for a near miss, as the packet that it misses. */
export interface Base {
  /** Integers of fields, by the name of the place (`tcp#0.flags`). */
  readonly fields: ReadonlyMap<string, bigint>;
  /** What stood behind the last header; nothing where there is no packet to resemble. */
  readonly payload: Uint8Array | undefined;
}

/** Resembles nothing. */
export const NO_BASE: Base = { fields: new Map(), payload: undefined };

export interface Context {
  readonly shape: Shape;
  /** By place in the chain: the header's name there, the same in every chain (`vlan#1`). */
  readonly places: readonly string[];
  readonly base: Base;
  /** Steps that may still be taken. */
  readonly budget: { left: number };
}

/** Takes a step, or says that there is none left. */
export function spend({ budget }: Context): boolean {
  return budget.left-- > 0;
}

/** Names of the chain's headers. */
export function placesOf({ chain }: Shape): string[] {
  return chain.map((layout, i) => {
    const before = chain.slice(0, i).filter((l) => l.index === layout.index).length;
    return `${layout.name}#${before}`;
  });
}

/** Names that formulas give: the header whose own layout is asked, and occurrences with where they stand. */
export interface Scope {
  readonly current: number;
  readonly names: ReadonlyMap<number, number>;
}

export const NO_NAMES: Scope = { current: -1, names: new Map() };

/** A field in a draft. */
export interface Site {
  /** The header's place in the chain. */
  readonly header: number;
  readonly name: string;
  /** The entry that must be there for it. */
  readonly entry: string | undefined;
  readonly field: Field;
}

/** Where a field is, or nothing where its header is not there. */
export function siteOf(ref: HeaderRef, { name }: FieldPlace, on: Context, scope: Scope): Site | undefined {
  const header = indexOf(ref, on.shape, scope.current);
  const layout = on.shape.chain[header];
  const place = on.places[header];
  if (!layout || place === undefined) return undefined;
  const fields = ref.entry ? layout.lists[ref.entry.list]?.cases[ref.entry.case]?.fields : layout.fields;
  const field = fields?.find((f) => f.name === name);
  const entry = ref.entry && entryName(place, ref.entry.list, ref.entry.case);
  return field && { header, name: `${entry ?? place}.${name}`, entry, field };
}

/** What an entry is called in drafts. */
export function entryName(place: string, list: number, at: number): string {
  return `${place}/${list}:${at}`;
}

/** The carrier of bytes in the chain, or -1. */
export function carrierOf(bytes: BytesRef, on: Context): number {
  return carrierIn(bytes, on.shape);
}

/** The integer that a field gets; nothing where the builder is to compute it. */
export function pickField(on: Context, draft: Draft, name: string, field: Field, natural?: bigint): bigint | undefined {
  const domain = draft.fields.get(name);
  const base = on.base.fields.get(name);
  if (!domain) return base;
  if (base !== undefined) return nearest(domain, base);
  const usual = natural ?? initialOf(field);
  if (field.flags && !inDomain(domain, usual)) return from(domain, undefined);
  if (field.type === 'int') return nearest(domain, usual);
  const keyed = from(domain, undefined);
  if (keyed === undefined) return undefined;
  const family = keyed - BigInt.asUintN(field.width, keyed);
  if (inDomain(domain, family | usual)) return family | usual;
  // The first address of a network is its own.
  return from(domain, (domain.set[0]?.low ?? 0n) + 1n) ?? keyed;
}

/** A header as it will be built. */
export function planOf(on: Context, draft: Draft, index: number): HeaderPlan {
  const layout = on.shape.chain[index] as Layout;
  const place = on.places[index] ?? '';
  const list = layout.lists.length === 0 ? undefined : listBytes(on, draft, layout, place);
  const values = new Map<string, bigint>();
  const natural = naturalSize(layout, list?.length ?? 0);
  for (const field of layout.fields.filter((f) => !f.peek)) {
    const usual = natural?.field === field.name ? natural.value : announcing(layout, field, on.shape.chain[index + 1]);
    const value = pickField(on, draft, `${place}.${field.name}`, field, usual);
    if (value !== undefined) values.set(field.name, BigInt.asUintN(field.width, value));
  }
  const plan = { layout, values, list: list?.length === 0 ? undefined : list };
  return index < presentIn(on.shape) ? sized(plan, natural) : plan;
}

/** A header whose size is said has that size. */
function sized(plan: HeaderPlan, natural: ReturnType<typeof naturalSize>): HeaderPlan {
  const given = natural && plan.values.get(natural.field);
  return given === undefined ? plan : { ...plan, size: natural?.bytesFor(given) ?? 0 };
}

/** What a builder would write into a field to announce the next header. */
function announcing({ next }: Layout, { name }: Field, following: Layout | undefined): bigint | undefined {
  const spaces = next.filter(({ value }) => value.kind === 'Field' && value.field.name === name).map((n) => n.space);
  return following?.keys.find((key) => spaces.includes(key.space))?.values[0];
}

function naturalSize(
  layout: Layout,
  list: number,
): { field: string; value: bigint; bytesFor: (value: bigint) => number } | undefined {
  const line = linearIn(layout.size);
  if (!line) return undefined;
  const { field, factor, offset } = line;
  const value = BigInt(Math.max(0, Math.ceil((layout.minimum + list - offset) / factor)));
  return { field, value, bytesFor: (given) => Number(given) * factor + offset };
}

/** Sizes of headers by the maps of a draft that they depend on: drafts that differ in bytes alone share them. */
const sizes = new WeakMap<Draft['fields'], { readonly draft: Draft; readonly on: Context; readonly known: number[] }>();

/** Bytes of a header as it will be built. */
export function sizeAt(on: Context, draft: Draft, index: number): number {
  let found = sizes.get(draft.fields);
  const isOf = (one: Draft): boolean => one.entries === draft.entries && one.broken === draft.broken;
  if (!found || found.on !== on || !isOf(found.draft)) sizes.set(draft.fields, (found = { draft, on, known: [] }));
  return (found.known[index] ??= headerSize(planOf(on, draft, index)));
}

/** Bytes of the headers from one place of the chain on. */
export function sizeFrom(on: Context, draft: Draft, index: number): number {
  let sum = 0;
  for (let i = index; i < on.shape.chain.length; i++) sum += sizeAt(on, draft, i);
  return sum;
}

/** Whether a field holds its header's length with all that it carries: a builder computes it, so it says how many bytes there are. */
export function lengthField(
  on: Context,
  { header, field, entry }: Site,
): { factor: number; offset: number } | undefined {
  if (entry !== undefined || field.initial?.kind !== 'Auto' || header >= presentIn(on.shape)) return undefined;
  const extent = on.shape.chain[header]?.extent;
  const line = extent && linearIn(extent.value);
  return line?.field === field.name ? line : undefined;
}

/** The number of bytes behind the last header, if it is settled. */
export function settledLength({ length }: Draft): bigint | undefined {
  return onlyOf({ set: length, ones: 0n, zeros: 0n });
}

/** Bytes that were on the wire and were not kept: of a header that is cut off, so many that it was whole. */
export function lostBytes({ truncated, end, announced }: Shape): number {
  return truncated ? Math.max(LOST, end === 'cut' ? (announced?.reach ?? 0) : 0) : 0;
}

const LOST = 16;
