/** What our decoder and library make of a packet, field by field. */
import type { Stack } from '../../../compiler/backend/interpreter/stack.js';
import { readField } from '../../../compiler/backend/interpreter/value.js';
import type { Layout } from '../../../compiler/logic/layout.js';
import { core } from '../../support/compile.js';

const layouts = new Map(core.layouts.map((layout) => [layout.name, layout]));

export function layoutOf(header: string): Layout {
  const layout = layouts.get(header);
  if (!layout) throw new Error(`no header ${header}`);
  return layout;
}

/** How many of the header are there (in slots). */
export function count(stack: Stack, header: string): number {
  return stack.headers[layoutOf(header).index]?.length ?? 0;
}

export function isMalformed(stack: Stack, header: string): boolean {
  return stack.malformed[layoutOf(header).index] === true;
}

/** Whether the list of a header of the kind contradicts itself. */
export function hasBadOptions(stack: Stack, header: string): boolean {
  return stack.headers[layoutOf(header).index]?.some(({ lists }) => lists[0]?.malformed === true) === true;
}

/** `header.field`, of the given slot. */
export function fieldOf(stack: Stack, path: string, slot = 0): bigint | undefined {
  const [header = '', name = ''] = path.split('.');
  const layout = layoutOf(header);
  const field = layout.fields.find((f) => f.name === name);
  if (!field) throw new Error(`no field ${path}`);
  const found = stack.headers[layout.index]?.[slot];
  return found && readField(stack.packet.bytes, found.start, field);
}

/** `header.option.field` of the first such option. */
export function optionField(stack: Stack, path: string): bigint | undefined {
  const [header = '', option = '', name = ''] = path.split('.');
  const layout = layoutOf(header);
  const index = layout.lists[0]?.cases.findIndex((c) => c.name === option) ?? -1;
  const field = layout.lists[0]?.cases[index]?.fields.find((f) => f.name === name);
  const start = stack.headers[layout.index]?.[0]?.lists[0]?.entries[index];
  return field && start !== undefined ? readField(stack.packet.bytes, start, field) : undefined;
}

/** Kinds of the options that have a name and are there, ascending. */
export function optionKinds(stack: Stack, header: string): number[] {
  const layout = layoutOf(header);
  const entries = stack.headers[layout.index]?.[0]?.lists[0]?.entries ?? [];
  return namedKinds(header).filter((kind) => {
    const index = layout.lists[0]?.cases.findIndex((c) => c.value === BigInt(kind)) ?? -1;
    return entries[index] !== undefined;
  });
}

/** Kinds of options that the library names, ascending. */
export function namedKinds(header: string): number[] {
  const cases = layoutOf(header).lists[0]?.cases ?? [];
  return cases
    .flatMap((c) => (c.name !== undefined && c.value !== undefined ? [Number(c.value)] : []))
    .sort((a, b) => a - b);
}
