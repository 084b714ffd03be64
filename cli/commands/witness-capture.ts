/** Witnesses as a capture for other tools. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Named } from '../../compiler/explain/requirement-text.js';
import type { Words } from '../../compiler/explain/words.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { pcapngHeader, pcapngInterface, pcapngPacket } from '../../runtime/capture/write-ng.js';
import type { Packet } from '../../runtime/packet.js';
import { Problem } from '../../runtime/problem.js';
import { unwritable } from '../diagnostics.js';
import { refuseInput } from '../refuse-input.js';
import { checkWritable, writeWhole } from '../replace-file.js';
import { describeFault } from '../rule-files.js';
import type { Shown } from './witness-shown.js';
import { partText } from './witness-parts.js';

interface Recorded {
  readonly packet: Packet;
  readonly comment: string;
}

/** 2026-01-01 UTC: the same packets give the same file. */
const BEGIN = 1_767_225_600_000_000_000n;
const MILLISECOND = 1_000_000n;

/** Throws a `Problem` where there can be no such file, before any packet is looked for, or where it is one of those that were read. */
export function refuseCapture(path: string, reached: readonly string[]): void {
  refuseInput(path, reached);
  trying(path, () => checkWritable(path));
}

/** Writes every packet that was found, each signature's together. Throws a `Problem` where the file cannot be written. */
export function writeCapture(path: string, all: readonly Shown[], words: Words, rules: Named): void {
  const recorded = inTime(all.flatMap((shown) => packetsOf(shown, words, rules)));
  const bytes = path.toLowerCase().endsWith('.pcapng') ? pcapngOf(recorded) : pcapOf(path, recorded);
  trying(path, () => writeWhole(path, bytes));
}

function trying(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const why = existsSync(dirname(path)) ? describeFault(cause) : 'there is no such folder';
    throw Problem.of(unwritable, { path, why });
  }
}

type Untimed = Omit<Packet, 'time'>;

/** Packets of one row are sent at the same moment, so that they are counted together. */
function packetsOf(
  { signature, evidence }: Shown,
  words: Words,
  rules: Named,
): { packets: Untimed[]; comment: string }[] {
  const { witness, packets, misses } = evidence;
  if (!witness) return [];
  return [
    { packets: Array<Untimed>(packets).fill(witness.packet), comment: `${signature.name} matches` },
    ...misses.flatMap((miss) => {
      const comment = `${signature.name} fails only at ${partText(miss, signature, words, rules)}`;
      return miss.witness ? [{ packets: [miss.witness.packet], comment }] : [];
    }),
  ];
}

function inTime(rows: readonly { packets: readonly Untimed[]; comment: string }[]): Recorded[] {
  return rows.flatMap(({ packets, comment }, i) =>
    packets.map((packet) => ({ packet: { ...packet, time: BEGIN + BigInt(i) * MILLISECOND }, comment })),
  );
}

/** The classic format holds packets of one link type. */
function pcapOf(path: string, recorded: readonly Recorded[]): Uint8Array {
  const links = [...new Set(recorded.map(({ packet }) => packet.link))];
  if (links.length > 1) {
    const why = `its packets have the link types ${links.join(' and ')}, and a .pcap file has one; a .pcapng file has several`;
    throw Problem.of(unwritable, { path, why });
  }
  return Buffer.concat([pcapHeader(links[0] ?? 101), ...recorded.map(({ packet }) => pcapRecord(packet))]);
}

function pcapngOf(recorded: readonly Recorded[]): Uint8Array {
  const links = [...new Set(recorded.map(({ packet }) => packet.link))];
  return Buffer.concat([
    pcapngHeader(),
    ...links.map(pcapngInterface),
    ...recorded.map(({ packet, comment }) => pcapngPacket(packet, links.indexOf(packet.link), comment)),
  ]);
}
