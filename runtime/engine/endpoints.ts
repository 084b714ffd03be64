/** Who talks to whom, as an alert names it. */
import type { announcer } from '../../compiler/backend/interpreter/decode.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { readField } from '../../compiler/backend/interpreter/value.js';
import type { Ends } from '../../compiler/logic/layout.js';
import { formatAddress, formatAddressIn } from '../../grammar/literals.js';
import type { Endpoints } from './engine.js';

/** The packet's ends; a part that it does not have is left out. */
export function endpointsOf(stack: Stack, announce: ReturnType<typeof announcer>): Endpoints {
  const { network, transport, packet } = stack;
  // Field by field: spreading what there may be takes as long as all the rest.
  const ends: { -readonly [K in keyof Endpoints]: Endpoints[K] } = {};
  if (network?.layout.ends) {
    const { source, destination } = network.layout.ends;
    ends.srcIp = textOf(packet.bytes, network.start, source);
    ends.destIp = textOf(packet.bytes, network.start, destination);
  }
  if (transport?.layout.ends) {
    const { source, destination } = transport.layout.ends;
    ends.srcPort = Number(readField(packet.bytes, transport.start, source));
    ends.destPort = Number(readField(packet.bytes, transport.start, destination));
  }
  const proto = protocolOf(stack, announce);
  if (proto !== undefined) ends.proto = proto;
  return ends;
}

function textOf(bytes: Uint8Array, start: number, place: Ends['source']): string {
  const { type, width, offset } = place;
  // As a router under attack writes thousands of alerts a second: integers of 128 bits take six to eleven times as long.
  if (type !== 'int' && width === WIDTHS[type] && offset % 8 === 0)
    return formatAddressIn(type, bytes, start + offset / 8);
  const bits = readField(bytes, start, place);
  return type === 'int' ? `${bits}` : formatAddress(type, BigInt.asUintN(width, bits));
}

const WIDTHS = { addr4: 32, addr6: 128, mac: 48 } as const;

/** What the transport header calls itself; without one, what the network header says that it carries. */
function protocolOf(stack: Stack, announce: ReturnType<typeof announcer>): string | undefined {
  if (stack.transport) return stack.transport.layout.label ?? stack.transport.layout.name.toUpperCase();
  for (const { space } of stack.network?.layout.next ?? []) {
    const value = stack.last.get(space);
    if (value !== undefined) return announce(space, value)?.label ?? `${value}`;
  }
  return undefined;
}
