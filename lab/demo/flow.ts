/** What the demonstration sends: flows, each an attack or benign, and how one tells what became of it. */
import { quantity } from '../../runtime/output/figures.js';
import type { Network } from '../network.js';

export const FAMILIES = ['ipv4', 'ipv6'] as const;
export type Family = (typeof FAMILIES)[number];

/** What the machines between and behind say when all is over. */
export interface Evidence {
  /** Requests that the web server saw: `GET /index.html`. */
  readonly requests: readonly string[];
  /** Packets from that source port that reached the server. */
  readonly arrivals: (family: Family, sourcePort: number) => number;
  /** Times that bytes from that source port reached a program of the server over TCP. */
  readonly heard: (sourcePort: number) => number;
  /** Titles of the signatures that blocked packets from that source port. */
  readonly blockers: (family: Family, sourcePort: number) => readonly string[];
}

/** What became of a flow. */
export interface Finding {
  /** Whether an attack was stopped, benign traffic went through unhurt, or a new attack did what it could or was known. */
  readonly ok: boolean;
  /** What the server really saw, or what it answered. */
  readonly server: string;
}

/** What the sender saw, and how to judge it with what the others saw. */
export interface Sent {
  readonly sender: string;
  readonly judge: (evidence: Evidence) => Finding;
}

export interface Flow {
  readonly name: string;
  readonly family: Family;
  /** A new attack is one that the rules do not know yet. */
  readonly kind: 'attack' | 'new attack' | 'benign';
  /** Attacks have a source port each, so that packets and alerts can be told apart. */
  readonly sourcePort?: number;
  run(network: Network): Promise<Sent>;
}

/** A flow that is over. */
export interface Done {
  readonly flow: Flow;
  readonly sent: Sent;
}

/** `NULL scan, IPv6` */
export function labelOf({ name, family }: Flow): string {
  return `${name}, ${familyName(family)}`;
}

export function familyName(family: Family): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

/**
 * An attack is stopped if it does not arrive and a signature says that it stopped it: that nothing arrives may also have
 * other causes, and then nothing was shown. `what` arrives: a `probe`.
 */
export function judgeAttack(arrived: number, what: string, blockers: readonly string[]): Finding {
  if (arrived > 0) return { ok: false, server: quantity(arrived, what, `${what}s`) };
  return { ok: blockers.length > 0, server: 'nothing' };
}

/** What the rules do not know gets through; rules of somebody's own may know it. */
export function judgeNewAttack(...[arrived, what, blockers]: Parameters<typeof judgeAttack>): Finding {
  const finding = judgeAttack(arrived, what, blockers);
  return { ...finding, ok: arrived > 0 || finding.ok };
}
