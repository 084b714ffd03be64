/** An iptables rule as a value: the commands that put it in and take it away, and what their outcome means. Pure. */
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { ruleLeft } from './diagnostics.js';
import { commandText, type Iptables, type Outcome } from './iptables.js';

export interface Rule {
  readonly program: Iptables;
  readonly table: string;
  readonly chain: string;
  /** Matches and target. */
  readonly specification: readonly string[];
  /** Its place in the chain, from 1, where it is not the first. */
  readonly place?: number;
}

/** The target of a rule that leads packets into a queue, or into adjacent ones by their addresses: both directions into the same. */
export function queueTarget(queues: readonly number[]): string[] {
  const [first, last] = [queues[0], queues.at(-1)];
  const which = queues.length > 1 ? ['--queue-balance', `${first}:${last}`] : ['--queue-num', String(first)];
  return ['-j', 'NFQUEUE', ...which];
}

/** The match of a rule for packets with an address that is in a set of ipset's. */
export function addressIn(set: string, end: 'src' | 'dst'): string[] {
  return ['-m', 'set', '--match-set', set, end];
}

/**
 * The matches of a rule that keeps defragmentation on and never applies. The interface does not exist: names may have 15
 * characters and anything but a slash or a space.
 */
export const DEFRAGMENTATION: readonly string[] = ['-i', 'sigward-defrag', '-m', 'socket'];

/** At the head of the chain, so that no earlier rule lets a packet past. */
export function insertion({ table, chain, place, specification }: Rule): string[] {
  return ['-t', table, '-I', chain, ...(place === undefined ? [] : [String(place)]), ...specification];
}

export function deletion(rule: Rule): string[] {
  return ['-t', rule.table, '-D', rule.chain, ...rule.specification];
}

/** Whether a deletion reached its aim: a rule that someone else has flushed is as good as removed. */
export function isGone(outcome: Outcome): boolean {
  return outcome.kind === 'done' || (outcome.kind === 'refused' && ABSENT.test(outcome.reason));
}

/** How many packets the rules of an `iptables -S CHAIN -v` listing have met, those that are meant. */
export function packetsOf(listing: string, isMeant: (words: readonly string[]) => boolean): number {
  return linesOf(listing).reduce((sum, words) => {
    const count = words.indexOf('-c');
    return isMeant(words) && count >= 0 ? sum + Number(words[count + 1] ?? 0) : sum;
  }, 0);
}

/** The rules of a listing, word by word. Ours have no argument with a space in it, so quotes only wrap. */
function linesOf(listing: string): string[][] {
  return listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map((words) => words.map((word) => word.replace(/^"(.*)"$/, '$1')))
    .filter(([action]) => action === '-A');
}

/** What iptables says of a rule or a chain that is not there, in its two variants. */
const ABSENT = /does a matching rule exist|No such file|No chain/i;

/** The warning for a rule that stayed. */
export function leftBehind(rule: Rule, outcome: Outcome): Diagnostic {
  return report(ruleLeft, { command: commandText(rule.program, deletion(rule)), reason: reasonOf(outcome) });
}

/** Why a command did not do what it should. */
export function reasonOf(outcome: Outcome): string {
  return outcome.kind === 'refused' ? outcome.reason : 'it is not installed';
}

/** For each rule of an `iptables -S` listing with a stale comment, the arguments that delete it. */
export function staleDeletions(listing: string, stale: (comment: string) => boolean): string[][] {
  return linesOf(listing).flatMap((words) => {
    const comment = commentOf(words);
    return comment !== undefined && stale(comment) ? [['-D', ...words.slice(1)]] : [];
  });
}

/** A rule of a listing that leads packets into queues. */
export interface LeadingRule {
  readonly chain: string;
  readonly comment: string;
  readonly queues: readonly [first: number, last: number];
}

/** Those rules of an `iptables -S` listing that lead packets into queues. */
export function leadingRules(listing: string): LeadingRule[] {
  return linesOf(listing).flatMap((words) => {
    const which = words.findIndex((word) => word === '--queue-num' || word === '--queue-balance');
    const [first = NaN, last = first] = (words[which + 1] ?? '').split(':').map(Number);
    if (which < 0 || Number.isNaN(first)) return [];
    return [{ chain: words[1] ?? '', comment: commentOf(words) ?? '', queues: [first, last] as const }];
  });
}

/** How many rules of a listing have the comment. */
export function countOf(listing: string, comment: string): number {
  return linesOf(listing).filter((words) => commentOf(words) === comment).length;
}

/** The comment of a rule in a listing. */
export function commentOf(words: readonly string[]): string | undefined {
  const comment = words.indexOf('--comment');
  return comment < 0 ? undefined : words[comment + 1];
}
