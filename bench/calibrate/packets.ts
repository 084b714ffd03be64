/** Packets to calibrate with: IPv4 and TCP in Ethernet, whose numbers differ from one to the next as those of traffic do. */
import { openCapture } from '../../runtime/capture/open.js';
import { type Random, randomFrom } from '../workload/random.js';

/** How many there are of a kind. */
const PACKETS = 256;

/** LINKTYPE_ETHERNET. */
export const ETHERNET = 1;

/** What stands behind the addresses of Ethernet, and what is carried. */
interface Parts {
  /** Tags of IEEE 802.1Q. */
  readonly tags?: number;
  /** Bytes of TCP options, a multiple of four; each is a no-operation (RFC 9293 3.2). */
  readonly options?: number;
  readonly payload?: (random: Random) => Uint8Array;
}

/** The packets of one kind, the same each time. */
export function packets({ tags = 0, options = 0, payload = () => new Uint8Array() }: Parts = {}): Uint8Array[] {
  const random = randomFrom(1);
  return Array.from({ length: PACKETS }, () => {
    const carried = payload(random);
    const tcp = Buffer.concat([tcpHeader(random, options), carried]);
    return new Uint8Array(Buffer.concat([ethernet(tags), ipv4Header(random, 20 + tcp.length), tcp]));
  });
}

function ethernet(tags: number): Buffer {
  const tag = Buffer.from('81000001', 'hex');
  return Buffer.concat([Buffer.alloc(12, 2), ...Array.from({ length: tags }, () => tag), Buffer.from('0800', 'hex')]);
}

/** RFC 791 3.1. */
function ipv4Header(random: Random, total: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x4500);
  header.writeUInt16BE(total, 2);
  header.writeUInt16BE(random(65_536), 4);
  header[8] = 32 + random(32);
  header[9] = 6;
  header.writeUInt32BE(0x0a000000 + random(65_536), 12);
  header.writeUInt32BE(0xc0a80000 + random(65_536), 16);
  return header;
}

/** RFC 9293 3.1. */
function tcpHeader(random: Random, options: number): Buffer {
  const header = Buffer.alloc(20 + options, 1);
  header.writeUInt16BE(1024 + random(60_000));
  header.writeUInt16BE(1024 + random(60_000), 2);
  header.writeUInt32BE(0x7000_0000 + random(65_536), 4);
  header.writeUInt32BE(random(65_536), 8);
  header[12] = (5 + options / 4) << 4;
  header[13] = 0x10;
  header.writeUInt16BE(random(65_536), 14);
  header.writeUInt32BE(0, 16);
  return header;
}

/** Letters without order from the second half of the alphabet, in which nobody finds anything, behind a text that is found. */
export function carrying(text: string, rest: (random: Random) => Uint8Array): (random: Random) => Uint8Array {
  return (random) => new Uint8Array(Buffer.concat([Buffer.from(text, 'latin1'), rest(random)]));
}

export function letters(bytes: number): (random: Random) => Uint8Array {
  return (random) => Uint8Array.from({ length: bytes }, () => 0x6e + random(12));
}

/** Those of Ethernet in a capture. */
export async function packetsIn(path: string): Promise<Uint8Array[]> {
  const capture = openCapture(path);
  const all: Uint8Array[] = [];
  for (let batch = await capture.receive(); batch; batch = await capture.receive())
    for (const { link, bytes } of batch) if (link === ETHERNET) all.push(bytes.slice());
  capture.close();
  return all;
}
