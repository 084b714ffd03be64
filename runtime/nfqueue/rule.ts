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
}

/** The target of a rule that leads packets into a queue. */
export function queueTarget(queue: number): string[] {
  return ['-j', 'NFQUEUE', '--queue-num', String(queue)];
}

/**
 * The matches of a rule that keeps defragmentation on and never applies. The interface does not exist: names may have 15
 * characters and anything but a slash or a space.
 */
export const DEFRAGMENTATION: readonly string[] = ['-i', 'sigward-defrag', '-m', 'socket'];

/** At the head of the chain, so that no earlier rule lets a packet past. */
export function insertion(rule: Rule): string[] {
  return ['-t', rule.table, '-I', rule.chain, ...rule.specification];
}

export function deletion(rule: Rule): string[] {
  return ['-t', rule.table, '-D', rule.chain, ...rule.specification];
}

/** Whether a deletion reached its aim: a rule that someone else has flushed is as good as removed. */
export function isGone(outcome: Outcome): boolean {
  return outcome.kind === 'done' || (outcome.kind === 'refused' && ABSENT.test(outcome.reason));
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
  return listing.split('\n').flatMap((line) => {
    // Our rules have no argument with a space in it, so quotes only wrap.
    const words = line.trim().split(/\s+/);
    const bare = words.map((word) => word.replace(/^"(.*)"$/, '$1'));
    const comment = bare.indexOf('--comment');
    const marker = comment < 0 ? undefined : bare[comment + 1];
    return bare[0] === '-A' && marker !== undefined && stale(marker) ? [['-D', ...bare.slice(1)]] : [];
  });
}
