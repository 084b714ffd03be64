/** The three states of headers, and fields, as text: for tables. */
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { readField } from '../../compiler/backend/interpreter/value.js';
import type { Packet } from '../../runtime/packet.js';
import { core, coreInterpreter } from './compile.js';

export type State = 'absent' | 'present' | 'malformed';

/** A header's state in a packet. */
export function stateOf(packet: Packet, header: string): State {
  const stack = coreInterpreter.decode(packet);
  const index = indexOf(header);
  if (stack.malformed[index] === true) return 'malformed';
  return (stack.headers[index]?.length ?? 0) > 0 ? 'present' : 'absent';
}

/** Names of the headers that are there, as they follow one another, `!` before the one that is malformed. */
export function stackOf(packet: Packet): string {
  const stack = coreInterpreter.decode(packet);
  const there = stack.headers.flat().sort((a, b) => a.start - b.start || a.payload - b.payload);
  const bad = core.layouts.filter((layout) => stack.malformed[layout.index] === true);
  return [...there.map((header) => header.layout.name), ...bad.map((layout) => `!${layout.name}`)].join(' ');
}

/** The number in `header.field`, or in `header.option.field` of the first such option; nothing where it is absent. */
export function valueOf(packet: Packet, path: string): bigint | undefined {
  const stack = coreInterpreter.decode(packet);
  const [header = '', ...rest] = path.split('.');
  const found = stack.headers[indexOf(header)]?.[0];
  const { fields, start } =
    rest.length === 1 ? { fields: found?.layout.fields, start: found?.start } : entry(stack, header, rest[0] ?? '');
  const field = fields?.find((f) => f.name === rest.at(-1));
  return field && start !== undefined ? readField(packet.bytes, start, field) : undefined;
}

function entry(stack: Stack, header: string, option: string): { fields: typeof fields; start: number | undefined } {
  const found = stack.headers[indexOf(header)]?.[0];
  const index = found?.layout.lists[0]?.cases.findIndex((c) => c.name === option) ?? -1;
  const fields = found?.layout.lists[0]?.cases[index]?.fields;
  return { fields, start: found?.lists[0]?.entries[index] };
}

function indexOf(header: string): number {
  const index = core.layouts.findIndex((layout) => layout.name === header);
  if (index < 0) throw new Error(`no header ${header}`);
  return index;
}
