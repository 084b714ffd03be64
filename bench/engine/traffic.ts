/** The traffic that engines are measured on: a capture, a sample of it, and what TCP and UDP carry in it. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { bytesOf } from '../../compiler/backend/interpreter/value.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { openCapture } from '../../runtime/capture/open.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { number } from '../../runtime/output/figures.js';
import type { Packet } from '../../runtime/packet.js';
import type { Payloads } from '../search/candidate.js';
import { packed } from '../workload/payloads.js';

/** A large capture with traffic of many kinds, beside the repository where it is there. */
const MIXED = join('..', 'shared', 'captures', 'mixed.pcap');
const SHIPPED = join('rules', 'captures');
const ETHERNET = 1;

export interface Traffic {
  readonly path: string;
  readonly packets: number;
  /** Of the file. */
  readonly bytes: number;
}

/** The mixed capture; without it those that ship, over and over in one file of at least so many packets, in `folder`. */
export async function realTraffic(
  folder: string,
  mixed = join(packageRoot, MIXED),
  least = 50_000,
): Promise<Traffic & { readonly source: string }> {
  if (existsSync(mixed)) return { ...trafficOf(mixed, (await packetsOf(mixed)).length), source: MIXED };
  const once: Packet[] = [];
  for (const path of shippedCaptures()) once.push(...(await packetsOf(path)));
  const ethernet = once.filter(({ link }) => link === ETHERNET);
  const times = Math.ceil(least / Math.max(1, ethernet.length));
  const all = Array.from({ length: times }, () => ethernet).flat();
  return { ...writeCapture(join(folder, 'shipped.pcap'), all), source: `those of ${SHIPPED}, ${number(times)} times` };
}

function shippedCaptures(): string[] {
  const folder = join(packageRoot, SHIPPED);
  const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
  return names.sort().map((name) => join(folder, name));
}

async function packetsOf(path: string): Promise<Packet[]> {
  const capture = openCapture(path);
  const all: Packet[] = [];
  for (let batch = await capture.receive(); batch; batch = await capture.receive())
    for (const packet of batch) all.push({ ...packet, bytes: packet.bytes.slice() });
  capture.close();
  return all;
}

function writeCapture(path: string, packets: readonly Packet[]): Traffic {
  writeFileSync(path, Buffer.concat([pcapHeader(ETHERNET), ...packets.map(pcapRecord)]));
  return trafficOf(path, packets.length);
}

function trafficOf(path: string, packets: number): Traffic {
  return { path, packets, bytes: statSync(path).size };
}

/** So many packets at most from all over the traffic, as a capture in `folder`; the same where there are no more. */
export async function sampleTraffic(traffic: Traffic, most: number, folder: string): Promise<Traffic> {
  const step = Math.ceil(traffic.packets / most);
  if (step <= 1) return traffic;
  const packets = await packetsOf(traffic.path);
  const some = packets.filter((_, index) => index % step === 0);
  return writeCapture(join(folder, `sample-${most}.pcap`), some);
}

/** What the transport headers of packets with TCP or UDP carry, empty payloads left out: all that literals are looked for in. */
export async function payloadsOf({ path }: Traffic, ruleset: Ruleset): Promise<Payloads> {
  const { decode } = interpreter(ruleset);
  const layouts = ['tcp', 'udp'].map((name) => ruleset.layouts.findIndex((layout) => layout.name === name));
  const all: Uint8Array[] = [];
  for (const packet of await packetsOf(path)) {
    const stack = decode(packet);
    const carries = layouts.some((layout) => (stack.headers[layout]?.length ?? 0) > 0);
    const payload = carries ? bytesOf('transport', stack) : undefined;
    if (payload !== undefined && payload.length > 0) all.push(payload);
  }
  return packed('real', all);
}
