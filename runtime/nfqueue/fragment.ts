/**
 * Whether a packet is a fragment, from its bytes: what a queue hands over is IPv4 or IPv6 whatever headers the rules
 * declare, and this has to hold for every ruleset. Reads nothing outside the bytes, and never throws.
 */

const IPV4_BYTES = 20;
const IPV6_BYTES = 40;
/** More fragments (RFC 791 3.1), and the offset: what stands beside the two other flags. */
const MORE_OR_OFFSET = 0x3fff;
/** Offset and M of the fragment header (RFC 8200 4.5); two reserved bits lie between them. */
const OFFSET_OR_MORE = 0xfff9;

const FRAGMENT = 44;
const AUTHENTICATION = 51;
/**
 * Extension headers that tell their length in units of 8 bytes, without the first (RFC 8200 4; IANA's list): hop-by-hop,
 * routing, destination options, mobility, host identity, shim6.
 */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);

/**
 * `drop`: a fragment goes on only where a signature says `pass`. `accept`: it is judged like any other packet; `warn`: so, and
 * somebody should know.
 */
export type FragmentFate = 'drop' | 'accept' | 'warn';

/**
 * `onFragment` is what was said about fragments. Otherwise an attack must not be missed: with `installed` the kernel puts
 * fragments together, and those that come all the same are dropped: it warned that it cannot, or it does not take them for
 * fragments of anything (a first one without the whole TCP header, RFC 8200 4.5, which no host takes either). Where others
 * lead packets here, it is for them to have fragments put together. To drop every fragment on somebody's router unasked would hurt
 * more than it helps, so each is judged by itself.
 */
export function fragmentFate(onFragment: 'drop' | 'accept' | undefined, installed: boolean): FragmentFate {
  return onFragment ?? (installed ? 'drop' : 'warn');
}

/**
 * The version of IP where the packet of `length` bytes at `start` is a part of a larger one; undefined where it is whole, or cannot
 * be read so far.
 */
export function fragmentVersion(
  bytes: Uint8Array,
  start = 0,
  length = bytes.length - start,
): 'ipv4' | 'ipv6' | undefined {
  const version = length > 0 ? (bytes[start] ?? 0) >> 4 : 0;
  if (version === 4 && length >= IPV4_BYTES && (word(bytes, start + 6) & MORE_OR_OFFSET) !== 0) return 'ipv4';
  if (version !== 6 || length < IPV6_BYTES) return undefined;
  return hasFragmentHeader(bytes, start, start + length) ? 'ipv6' : undefined;
}

/** A fragment header of a whole packet (RFC 6946) does not end the search: behind it there may be another one. */
function hasFragmentHeader(bytes: Uint8Array, start: number, end: number): boolean {
  let next = bytes[start + 6];
  let at = start + IPV6_BYTES;
  while (next !== undefined && at + 8 <= end) {
    if (next === FRAGMENT && (word(bytes, at + 2) & OFFSET_OR_MORE) !== 0) return true;
    const length = extensionLength(next, bytes[at + 1] ?? 0);
    if (length === 0) return false;
    next = bytes[at];
    at += length;
  }
  return false;
}

/** Bytes; 0 for what is no extension header. */
function extensionLength(kind: number, units: number): number {
  if (kind === FRAGMENT) return 8;
  if (kind === AUTHENTICATION) return (units + 2) * 4; // RFC 4302 2.2
  return EXTENSIONS.has(kind) ? (units + 1) * 8 : 0;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
