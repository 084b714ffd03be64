/** The iptables rules that lead packets into the queue: put in at the head of chains, taken away again, exactly those. */
import { existsSync } from 'node:fs';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { Problem } from '../problem.js';
import { fragmentsApart, iptablesMissing, iptablesRefused, ipv6Unenforced } from './diagnostics.js';
import { commandText, type Iptables, type Outcome, runIptables, runIptablesSync } from './iptables.js';
import { isStale, ownMarker } from './marker.js';
import {
  DEFRAGMENTATION,
  deletion,
  insertion,
  isGone,
  leftBehind,
  queueTarget,
  reasonOf,
  type Rule,
  staleDeletions,
} from './rule.js';

export type Chain = 'FORWARD' | 'INPUT' | 'OUTPUT';

export interface InstallOptions {
  /** 0 to 65,535. */
  readonly queue: number;
  readonly chains: readonly Chain[];
}

/**
 * The rules that were put in. To leave: `release`, drain the queue, close it, `uninstall`. In this order: where a rule
 * goes that the kernel keeps a hook for, it drops all packets that wait in a queue (`nf_queue_nf_hook_drop`).
 */
export interface Installation {
  /** Warnings: IPv6 that is not enforced, fragments that are judged one by one. */
  readonly diagnostics: readonly Diagnostic[];
  /** Takes away the rules that lead into the queue; packets in it keep waiting, and can be settled meanwhile. */
  release(): Promise<void>;
  /**
   * Takes away all that is left, at once, so that an exit handler can call it as a last resort; another call tries again
   * what failed. Gives a warning for each rule that stayed.
   */
  uninstall(): readonly Diagnostic[];
}

/** What installing takes from the machine; tests give their own. */
export interface InstallEnvironment {
  readonly run: (program: Iptables, args: readonly string[]) => Promise<Outcome>;
  readonly runSync: (program: Iptables, args: readonly string[]) => Outcome;
  readonly marker: () => string;
  readonly isStale: (comment: string) => boolean;
  /** Whether the kernel speaks IPv6 at all. */
  readonly hasIpv6: () => boolean;
}

const MACHINE: InstallEnvironment = {
  run: runIptables,
  runSync: runIptablesSync,
  marker: ownMarker,
  isStale: (comment) => isStale(comment),
  hasIpv6: () => existsSync('/proc/net/if_inet6'),
};

/** The rules that stand, in the order in which they go: those that lead into the queue, then those that help. */
interface Standing {
  readonly diverting: Rule[];
  readonly helping: Rule[];
}

/**
 * Puts the rules in, IPv4 and IPv6, after removing what a Sigward that was killed left behind. Throws a Problem where
 * iptables is missing or refuses, and then leaves nothing behind. Synchronous, so that no signal finds it half done.
 */
export function installRules(options: InstallOptions, environment: InstallEnvironment = MACHINE): Installation {
  const standing: Standing = { diverting: [], helping: [] };
  const diagnostics: Diagnostic[] = [];
  const uninstall = (): readonly Diagnostic[] => [
    ...removeAll(standing.diverting, environment),
    ...removeAll(standing.helping, environment),
  ];

  if (environment.hasIpv6()) {
    const outcome = installFamily('ip6tables', options, environment, standing, diagnostics);
    if (outcome.kind !== 'done')
      diagnostics.push(report(ipv6Unenforced, { reason: refusal('ip6tables', outcome).message }));
  }
  const outcome = installFamily('iptables', options, environment, standing, diagnostics);
  if (outcome.kind !== 'done') {
    uninstall();
    throw refusal('iptables', outcome);
  }
  return { diagnostics, release: () => release(standing, environment), uninstall };
}

function installFamily(
  program: Iptables,
  options: InstallOptions,
  environment: InstallEnvironment,
  standing: Standing,
  diagnostics: Diagnostic[],
): Outcome {
  const present = removeStale(program, environment);
  if (present.kind === 'missing') return present;
  const apart = addDefragmentation(program, environment, standing);
  for (const chain of options.chains) {
    const outcome = addQueueRule(program, chain, options.queue, environment, standing);
    if (outcome.kind !== 'done') return outcome;
  }
  if (apart) diagnostics.push(apart);
  return { kind: 'done', output: '' };
}

function refusal(command: Iptables, outcome: Outcome): Problem {
  if (outcome.kind === 'missing') return Problem.of(iptablesMissing, { command });
  return Problem.of(iptablesRefused, { command, reason: reasonOf(outcome) });
}

/** Where the kernel lacks comments, without one; such a rule is not found again after a kill. */
function addQueueRule(
  program: Iptables,
  chain: string,
  queue: number,
  environment: InstallEnvironment,
  standing: Standing,
): Outcome {
  const target = queueTarget(queue);
  const rule = { program, table: 'filter', chain };
  const marked = { ...rule, specification: [...comment(environment), ...target] };
  const outcome = add(environment, marked, standing.diverting);
  if (outcome.kind !== 'refused') return outcome;
  return add(environment, { ...rule, specification: target }, standing.diverting);
}

function comment(environment: InstallEnvironment): string[] {
  return ['-m', 'comment', '--comment', environment.marker()];
}

/**
 * Has fragments put together before they reach the queue, as nobody can judge a third of a datagram. The kernel does it
 * as long as some rule needs it; a rule of the `socket` match does, also one that never applies, and unlike a conntrack
 * rule it costs other packets nothing. The kernel fragments again what it sends on.
 */
function addDefragmentation(
  program: Iptables,
  environment: InstallEnvironment,
  standing: Standing,
): Diagnostic | undefined {
  const specification = [...DEFRAGMENTATION, ...comment(environment)];
  const rule: Rule = { program, table: 'mangle', chain: 'PREROUTING', specification };
  const outcome = add(environment, rule, standing.helping);
  if (outcome.kind === 'done') return undefined;
  return report(fragmentsApart, { command: commandText(program, insertion(rule)), reason: reasonOf(outcome) });
}

function add(environment: InstallEnvironment, rule: Rule, standing: Rule[]): Outcome {
  const outcome = environment.runSync(rule.program, insertion(rule));
  if (outcome.kind === 'done') standing.push(rule);
  return outcome;
}

/** What cannot be removed now stays on the list, for `uninstall` to try again and to tell. */
async function release({ diverting }: Standing, environment: InstallEnvironment): Promise<void> {
  for (const rule of [...diverting]) {
    const outcome = await environment.run(rule.program, deletion(rule));
    if (isGone(outcome)) strike(diverting, rule);
  }
}

function removeAll(standing: Rule[], environment: InstallEnvironment): Diagnostic[] {
  return [...standing].flatMap((rule) => {
    const outcome = environment.runSync(rule.program, deletion(rule));
    if (!isGone(outcome)) return [leftBehind(rule, outcome)];
    strike(standing, rule);
    return [];
  });
}

function strike(standing: Rule[], rule: Rule): void {
  const at = standing.indexOf(rule);
  if (at >= 0) standing.splice(at, 1);
}

/** Removes rules whose comment names a Sigward that no longer runs. A table that cannot be listed has none of them. */
function removeStale(program: Iptables, environment: InstallEnvironment): Outcome {
  for (const table of ['filter', 'mangle']) {
    const listing = environment.runSync(program, ['-t', table, '-S']);
    if (listing.kind === 'missing') return listing;
    if (listing.kind === 'refused') continue;
    const stale = staleDeletions(listing.output, environment.isStale);
    for (const args of stale) environment.runSync(program, ['-t', table, ...args]);
  }
  return { kind: 'done', output: '' };
}
