/** Alerts in the form of Suricata's EVE log (its user guide, "Eve JSON Format"): one JSON object a line. */
import type { Severity, Signature, Verdict } from '../../compiler/ruleset.js';
import type { Endpoints } from '../engine/engine.js';
import type { Packet } from '../packet.js';

/** One match, as an alert reports it. */
export interface Alert {
  readonly signature: Signature;
  readonly endpoints: Endpoints;
  /** When the packet was seen, in nanoseconds since 1970-01-01 UTC. */
  readonly time: bigint;
  /** The packet's number in its capture, from 1; left out for live packets. */
  readonly packetNumber?: number;
  /** Whether the packet was dropped or rejected. */
  readonly blocked: boolean;
  /** What would have become of the packet, where it went on for all that: in a dry run. */
  readonly wouldBe?: Verdict;
  /** What the rules are called (`rulesetHash`). */
  readonly ruleset: string;
  /** The policy in force, if there is one, and the module that the signature stands in, if it stands in one. */
  readonly policy?: string | undefined;
  readonly module?: string | undefined;
  /** The packet itself, where whoever reads the log is to have it. */
  readonly packet?: Pick<Packet, 'bytes' | 'link' | 'wireLength'>;
}

/** Suricata's numbers, 1 being the most severe. */
const EVE_SEVERITY: Readonly<Record<Severity, number>> = { critical: 1, high: 1, medium: 2, low: 3 };

/** Suricata's number for the rule engine itself, as against its decoders. */
const GENERATOR_ID = 1;

/**
 * The alert as one line of JSON without its line end, the fields in Suricata's order; `sigward` is our own. Put together by hand, and what is the same
 * for all alerts of a signature once: a router under attack writes thousands a second, and JSON.stringify of the whole takes three times as long.
 */
export function eveRecord(alert: Alert): string {
  const { time, packetNumber, endpoints, signature, blocked, packet } = alert;
  const { srcIp, srcPort, destIp, destPort, proto } = endpoints;
  return (
    `{"timestamp":"${eveTimestamp(time)}"${field('pcap_cnt', packetNumber)},"event_type":"alert"` +
    `${field('src_ip', srcIp)}${field('src_port', srcPort)}${field('dest_ip', destIp)}${field('dest_port', destPort)}` +
    `${field('proto', proto)},"alert":{"action":"${blocked ? 'blocked' : 'allowed'}",${wordsOf(signature)}}` +
    `${packet ? packetFields(packet) : ''},"sigward":{"ruleset":${JSON.stringify(alert.ruleset)}` +
    `${field('policy', alert.policy)}${field('module', alert.module)}${field('dry_run', alert.wouldBe)}` +
    `${packet && packet.wireLength > packet.bytes.length ? field('wire_length', packet.wireLength) : ''}}}`
  );
}

function field(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : `,"${name}":${typeof value === 'number' ? value : JSON.stringify(value)}`;
}

function packetFields({ bytes, link }: Pick<Packet, 'bytes' | 'link'>): string {
  return `${field('packet', Buffer.from(bytes).toString('base64'))},"packet_info":{"linktype":${link}}`;
}

/** By signature: what all of its alerts say, without brackets. */
const words = new WeakMap<Signature, string>();

function wordsOf(signature: Signature): string {
  const known = words.get(signature);
  if (known !== undefined) return known;
  const { id, rev, title, name, class: category, severity } = signature;
  const all = { gid: GENERATOR_ID, signature_id: id, rev, signature: title || name, category };
  const text = JSON.stringify({ ...all, severity: EVE_SEVERITY[severity] }).slice(1, -1);
  words.set(signature, text);
  return text;
}

const MICROSECONDS = 1_000_000n;
/** What four digits of a year can say, in microseconds: 0000-01-01 to the end of 9999. */
const EARLIEST = -62_167_219_200n * MICROSECONDS;
const LATEST = 253_402_300_800n * MICROSECONDS - 1n;

/** The second last written and its text: the alerts of a busy second share the costly part. */
let lastSecond: bigint | undefined;
let lastText = '';

/** `2026-11-23T18:59:00.123456+0000`: UTC, cut to microseconds; times outside of the years 0 to 9999 become the nearest. */
export function eveTimestamp(time: bigint): string {
  const shifted = time < 0n ? (time - 999n) / 1000n : time / 1000n;
  const microseconds = shifted < EARLIEST ? EARLIEST : shifted > LATEST ? LATEST : shifted;
  // BigInt division goes towards zero; before 1970 the fraction still counts upwards.
  const fraction = ((microseconds % MICROSECONDS) + MICROSECONDS) % MICROSECONDS;
  const second = (microseconds - fraction) / MICROSECONDS;
  if (second !== lastSecond) {
    lastSecond = second;
    lastText = new Date(Number(second) * 1000).toISOString().slice(0, 19);
  }
  return `${lastText}.${fraction.toString().padStart(6, '0')}+0000`;
}
