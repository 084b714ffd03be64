/** Who talks to whom, as an alert names it. */
import type { announcer } from '../../compiler/backend/interpreter/decode.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { readField } from '../../compiler/backend/interpreter/value.js';
import type { Ends } from '../../compiler/logic/layout.js';
import { formatAddress } from '../../grammar/literals.js';
import type { Endpoints } from './engine.js';

/** The packet's ends; a part that it does not have is left out. */
export function endpointsOf(stack: Stack, announce: ReturnType<typeof announcer>): Endpoints {
  const [srcIp, destIp] = endsOf(stack, 'network');
  const [srcPort, destPort] = endsOf(stack, 'transport');
  const proto = protocolOf(stack, announce);
  return {
    ...(srcIp !== undefined && { srcIp }),
    ...(srcPort !== undefined && { srcPort: Number(srcPort) }),
    ...(destIp !== undefined && { destIp }),
    ...(destPort !== undefined && { destPort: Number(destPort) }),
    ...(proto !== undefined && { proto }),
  };
}

function endsOf(stack: Stack, role: 'network' | 'transport'): readonly (string | undefined)[] {
  const header = stack[role];
  const ends = header?.layout.ends;
  if (!header || !ends) return [];
  return [ends.source, ends.destination].map((place) => textOf(stack.packet.bytes, header.start, place));
}

function textOf(bytes: Uint8Array, start: number, place: Ends['source']): string {
  const bits = readField(bytes, start, place);
  return place.type === 'int' ? `${bits}` : formatAddress(place.type, BigInt.asUintN(place.width, bits));
}

/** What the transport header calls itself; without one, what the network header says that it carries. */
function protocolOf(stack: Stack, announce: ReturnType<typeof announcer>): string | undefined {
  if (stack.transport) return stack.transport.layout.label ?? stack.transport.layout.name.toUpperCase();
  for (const { space } of stack.network?.layout.next ?? []) {
    const value = stack.last.get(space);
    if (value !== undefined) return announce(space, value)?.label ?? `${value}`;
  }
  return undefined;
}
