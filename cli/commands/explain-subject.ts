/** Which packet is to be explained: one of a capture, one given in hexadecimal, or that of an alert. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { openCapture } from '../../runtime/capture/open.js';
import type { Engine, Judgement } from '../../runtime/engine/engine.js';
import type { Packet } from '../../runtime/packet.js';
import { Problem } from '../../runtime/problem.js';
import { describeFault } from '../rule-files.js';
import type { Counted, Counter } from './explain-counts.js';
import { noSuchPacket, notPacketBytes, notRepeatable } from './explain-diagnostics.js';

/** Options that say which packet. */
export interface SubjectOptions {
  readonly pcap?: string;
  readonly packet?: number;
  readonly hex?: string;
  readonly link?: number;
  /** Length on the wire of a packet that is given in hexadecimal; no less than it has bytes. */
  readonly wire?: number;
  readonly eve?: string;
  readonly line?: number;
}

/** A packet and what an engine said of it. */
export interface Subject {
  /** `packet 3 of web.pcap` */
  readonly name: string;
  readonly packet: Packet;
  readonly judgement: Judgement;
  /** What it is in the counts of signatures, by index. */
  readonly counted: Counted;
  /** When it was seen; nothing where the bytes were only given. */
  readonly isTimed: boolean;
  /** The line of the alert log that it comes from, and the ruleset that is named there. */
  readonly alert?: { readonly line: number; readonly ruleset: string | undefined };
}

/** What a packet is held against. */
export interface Judges {
  readonly engine: Engine;
  readonly counter: Counter;
}

/** Raw IP: what the kernel's queue gives. */
const RAW_IP = 101;

/** Finds the packet and judges it; in a capture after those before it, so that counts are what they were. Throws Problem E11xx, E15xx. */
export async function subjectOf(options: SubjectOptions, judges: Judges): Promise<Subject | undefined> {
  const { pcap, packet, hex, link = RAW_IP, wire = 0, eve } = options;
  if (eve !== undefined) return await alertSubject(eve, options.line, pcap, judges);
  if (hex !== undefined) {
    const bytes = bytesOf(hex);
    return plainSubject('packet', { bytes, wireLength: Math.max(wire, bytes.length), link }, judges);
  }
  return pcap === undefined ? undefined : await captureSubject(pcap, packet ?? 1, judges);
}

function bytesOf(hex: string): Uint8Array {
  const digits = hex.replace(/[\s:]+/g, '');
  const wrong = /[^0-9A-Fa-f]/.exec(digits);
  if (digits === '' || digits.length % 2 !== 0 || wrong) {
    const found = wrong ? digits.slice(wrong.index, wrong.index + 8) : digits.slice(-8);
    throw Problem.of(notPacketBytes, { found });
  }
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

function plainSubject(name: string, bare: Omit<Packet, 'time'>, { engine, counter }: Judges): Subject {
  const packet = { ...bare, time: 0n };
  const [judgement = NOTHING] = engine.evaluate([packet]);
  return { name, packet, judgement, counted: counter.see(packet), isTimed: false };
}

const NOTHING: Judgement = { verdict: 'accept', matches: [], alerts: [] };

async function captureSubject(path: string, number: number, judges: Judges): Promise<Subject> {
  const { engine, counter } = judges;
  const capture = openCapture(path);
  let packets = 0;
  try {
    for (let batch = await capture.receive(); batch; batch = await capture.receive()) {
      const at = number - 1 - packets;
      const judged = [...batch].slice(0, at + 1);
      const judgements = engine.evaluate(judged);
      const counted = judged.map((one) => counter.see(one)).at(-1) ?? new Map<number, number>();
      packets += batch.length;
      const packet = judged[at];
      if (!packet) continue;
      const kept = { ...packet, bytes: packet.bytes.slice() };
      const name = `packet ${number} of ${path === '-' ? 'standard input' : path}`;
      return { name, packet: kept, judgement: judgements[at] ?? NOTHING, counted, isTimed: true };
    }
  } finally {
    capture.close();
  }
  const [problem] = capture.problems();
  if (problem) throw new Problem(problem);
  throw Problem.of(noSuchPacket, { name: path, number, packets });
}

// Alerts -------------------------------------------------------------------------------------------------------------

/** The fields of an alert that say which packet it is about. */
interface AlertLine {
  readonly bytes: Uint8Array | undefined;
  readonly link: number;
  readonly wireLength: number | undefined;
  readonly number: number | undefined;
  readonly ruleset: string | undefined;
}

async function alertSubject(
  path: string,
  wanted: number | undefined,
  pcap: string | undefined,
  judges: Judges,
): Promise<Subject> {
  const { line, text } = await findLine(path, wanted);
  const alert = readAlert(text);
  if (!alert) throw refuse(path, line, 'is no alert: it is not a JSON object with `event_type` `alert`');
  const origin = { line, ruleset: alert.ruleset };
  if (alert.bytes) {
    const { bytes, link } = alert;
    const packet = { bytes, link, wireLength: Math.max(bytes.length, alert.wireLength ?? 0) };
    return { ...plainSubject(`the packet of line ${line} of ${path}`, packet, judges), alert: origin };
  }
  if (alert.number !== undefined && pcap !== undefined) {
    return { ...(await captureSubject(pcap, alert.number, judges)), alert: origin };
  }
  const capture = alert.number === undefined ? '' : `; or name the capture by \`--pcap FILE\`: it was packet ${alert.number} there`; // prettier-ignore
  throw refuse(path, line, 'does not carry its packet', `write alerts with \`sigward run --eve-packet\`${capture}`);
}

function refuse(path: string, line: number | undefined, why: string, help?: string): Problem {
  return Problem.of(notRepeatable, { path, line, why, help });
}

/** The line of that number, or the first alert. */
async function findLine(path: string, wanted: number | undefined): Promise<{ line: number; text: string }> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      line++;
      if (wanted === undefined ? readAlert(text) : line === wanted) return { line, text };
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw refuse(path, undefined, `cannot be read: ${describeFault(cause)}`);
  }
  const what = wanted === undefined ? 'an alert' : `a line ${wanted}`;
  throw refuse(path, undefined, `has ${line === 1 ? '1 line' : `${line} lines`} and not ${what}`);
}

function readAlert(text: string): AlertLine | undefined {
  const record = parsed(text);
  if (record?.['event_type'] !== 'alert') return undefined;
  const { packet, packet_info: info, pcap_cnt: number, sigward } = record;
  const ours = isRecord(sigward) ? sigward : {};
  return {
    bytes: typeof packet === 'string' ? new Uint8Array(Buffer.from(packet, 'base64')) : undefined,
    link: (isRecord(info) ? asNumber(info['linktype']) : undefined) ?? RAW_IP,
    wireLength: asNumber(ours['wire_length']),
    number: asNumber(number),
    ruleset: typeof ours['ruleset'] === 'string' ? ours['ruleset'] : undefined,
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A count as JSON has it; anything else an alert may hold is none. */
function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
