/** All that stands in iptables while this runs: put in at the head of chains, taken away again, exactly that. */
import { existsSync } from 'node:fs';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { Problem } from '../problem.js';
import {
  chainTaken,
  fragmentsApart,
  iptablesMissing,
  iptablesRefused,
  ipv6Unenforced,
  rulesGone,
} from './diagnostics.js';
import { createDiversion, type Diversion, type DiversionOptions } from './diversion.js';
import { destroyStaleSets, type RunIpset } from './ipset.js';
import { commandText, type Iptables, type Outcome, runIpset, runIptables, runIptablesSync } from './iptables.js';
import { isStale, ownMarker, processOf } from './marker.js';
import { kernelCounters } from './statistics.js';
import {
  countOf,
  DEFRAGMENTATION,
  deletion,
  insertion,
  isGone,
  type LeadingRule,
  leadingRules,
  leftBehind,
  reasonOf,
  type Rule,
  staleDeletions,
} from './rule.js';
import { DIVERSION_TABLE } from './table.js';

/**
 * The rules that were put in. To leave: `release`, drain the queue, close it, `uninstall`. In this order: where a rule
 * goes that the kernel keeps a hook for, it drops all packets that wait in a queue (`nf_queue_nf_hook_drop`).
 */
export interface Installation extends Pick<Diversion, 'widen' | 'narrow' | 'met'> {
  /** Warnings: IPv6 that is not enforced, fragments that are judged one by one, networks that could not be selected. */
  readonly diagnostics: readonly Diagnostic[];
  /** Looks whether all rules stand, and puts them in again where not: a warning for each version of IP of which some did not. */
  restore(): Promise<readonly Diagnostic[]>;
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
  readonly ipset: RunIpset;
  readonly marker: () => string;
  readonly isStale: (comment: string) => boolean;
  /** Whether a program, whichever, reads the queue. */
  readonly hasReader: (queue: number) => boolean;
  /** Whether the kernel speaks IPv6 at all. */
  readonly hasIpv6: () => boolean;
}

const MACHINE: InstallEnvironment = {
  run: runIptables,
  runSync: runIptablesSync,
  ipset: runIpset,
  marker: ownMarker,
  isStale: (comment) => isStale(comment),
  hasReader: (queue) => kernelCounters(queue) !== undefined,
  hasIpv6: () => existsSync('/proc/net/if_inet6'),
};

/** What stands, in the order in which it goes: the rules that lead into the queue, then those that help. */
interface Standing {
  readonly diversion: Diversion;
  readonly helping: Rule[];
}

/**
 * Puts the rules in, IPv4 and IPv6, after removing what a Sigward that was killed left behind. Throws a Problem where iptables is missing
 * or refuses, or another Sigward has one of the chains, and then leaves nothing behind. Synchronous, so that no signal finds it half done.
 * `warn` is told what goes wrong later.
 */
export function installRules(
  options: DiversionOptions,
  environment: InstallEnvironment = MACHINE,
  warn: (diagnostic: Diagnostic) => void = () => undefined,
): Installation {
  const diagnostics: Diagnostic[] = [];
  let tell = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const programs: readonly Iptables[] = environment.hasIpv6() ? ['ip6tables', 'iptables'] : ['iptables'];
  const listings = listed(programs, environment);
  const stale = staleIn(listings, options.queues, environment);
  clear(listings, options.chains, stale, environment);
  destroyStaleSets(stale, environment.ipset);
  const { runSync: run, ipset } = environment;
  const marker = environment.marker();
  const diversion = createDiversion(options, { run, ipset, marker }, (diagnostic) => tell(diagnostic));
  const standing: Standing = { diversion, helping: [] };
  const uninstall = (): readonly Diagnostic[] => uninstallAll(standing, environment);
  for (const program of programs) {
    const missing = listings.find((one) => one.program === program && one.outcome.kind === 'missing');
    const outcome = missing?.outcome ?? installFamily(program, environment, standing, diagnostics);
    if (outcome.kind === 'done') continue;
    const problem = refusal(program, outcome);
    if (program === 'iptables') {
      uninstall();
      throw problem;
    }
    diagnostics.push(report(ipv6Unenforced, { reason: problem.message }));
  }
  tell = warn;
  return {
    diagnostics,
    restore: () => restore(programs, standing, environment),
    release: () => release(standing, environment),
    uninstall,
    widen: (selection) => diversion.widen(selection),
    narrow: (selection) => diversion.narrow(selection),
    met: () => diversion.met(),
  };
}

function uninstallAll({ diversion, helping }: Standing, environment: InstallEnvironment): readonly Diagnostic[] {
  const left = [...removeAll(diversion.rules, environment), ...removeAll(helping, environment)];
  if (diversion.rules.length === 0) diversion.destroySets();
  return left;
}

function installFamily(
  program: Iptables,
  environment: InstallEnvironment,
  standing: Standing,
  diagnostics: Diagnostic[],
): Outcome {
  const apart = addDefragmentation(program, environment, standing);
  const outcome = standing.diversion.divert(program);
  if (outcome.kind === 'done' && apart) diagnostics.push(apart);
  return outcome;
}

function refusal(command: Iptables, outcome: Outcome): Problem {
  if (outcome.kind === 'missing') return Problem.of(iptablesMissing, { command });
  return Problem.of(iptablesRefused, { command, reason: reasonOf(outcome) });
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
  const rule: Rule = { program, table: DIVERSION_TABLE, chain: 'PREROUTING', specification };
  const outcome = add(environment, rule, standing.helping);
  if (outcome.kind === 'done') return undefined;
  return report(fragmentsApart, { command: commandText(program, insertion(rule)), reason: reasonOf(outcome) });
}

function add(environment: InstallEnvironment, rule: Rule, standing: Rule[]): Outcome {
  const outcome = environment.runSync(rule.program, insertion(rule));
  if (outcome.kind === 'done') standing.push(rule);
  return outcome;
}

/** Rules without a comment are not found, and so not missed. */
async function restore(
  programs: readonly Iptables[],
  { diversion, helping }: Standing,
  environment: InstallEnvironment,
): Promise<readonly Diagnostic[]> {
  const marker = environment.marker();
  const gone: Diagnostic[] = [];
  for (const program of programs) {
    const own = [...diversion.rules, ...helping].filter((rule) => rule.program === program);
    const wanted = own.filter((rule) => rule.specification.includes(marker));
    if (wanted.length === 0) continue;
    const listing = await environment.run(program, ['-t', DIVERSION_TABLE, '-S']);
    if (listing.kind !== 'done' || countOf(listing.output, marker) >= wanted.length) continue;
    const outcome = restoreFamily(program, { diversion, helping }, environment);
    gone.push(
      report(rulesGone, { command: program, refused: outcome.kind === 'done' ? undefined : reasonOf(outcome) }),
    );
  }
  return gone;
}

function restoreFamily(program: Iptables, { diversion, helping }: Standing, environment: InstallEnvironment): Outcome {
  for (const rule of helping.filter((one) => one.program === program)) {
    environment.runSync(program, deletion(rule));
    environment.runSync(program, insertion(rule));
  }
  return diversion.restore(program);
}

/** What cannot be removed now stays on the list, for `uninstall` to try again and to tell. */
async function release({ diversion: { rules } }: Standing, environment: InstallEnvironment): Promise<void> {
  for (const rule of [...rules]) {
    const outcome = await environment.run(rule.program, deletion(rule));
    if (isGone(outcome)) strike(rules, rule);
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

/** Where rules stand; earlier versions put theirs into `filter`. */
const TABLES = [DIVERSION_TABLE, 'filter'] as const;

interface Listing {
  readonly program: Iptables;
  readonly table: string;
  readonly outcome: Outcome;
}

/** All rules that stand. A table that cannot be listed has none of ours. */
function listed(programs: readonly Iptables[], { runSync }: InstallEnvironment): Listing[] {
  return programs.flatMap((program) =>
    TABLES.map((table) => ({ program, table, outcome: runSync(program, ['-t', table, '-S']) })),
  );
}

function textOf({ outcome }: Listing): string {
  return outcome.kind === 'done' ? outcome.output : '';
}

/**
 * Whether a comment is of a Sigward that no longer runs. One whose queue somebody reads runs, though its process is not to be seen: in a
 * container it has a number of its own. The queues of whoever asks are read by nobody else.
 */
function staleIn(
  listings: readonly Listing[],
  own: readonly number[],
  environment: InstallEnvironment,
): InstallEnvironment['isStale'] {
  const isRead = ({ queues: [first, last] }: LeadingRule): boolean => {
    for (let queue = first; queue <= last; queue++)
      if (!own.includes(queue) && environment.hasReader(queue)) return true;
    return false;
  };
  const leading = listings.flatMap((listing) => leadingRules(textOf(listing)));
  const alive = new Set(leading.filter(isRead).map(({ comment }) => comment));
  return (comment: string): boolean => !alive.has(comment) && environment.isStale(comment);
}

/** Removes rules of a Sigward that no longer runs, and refuses to stand beside one that does. */
function clear(
  listings: readonly Listing[],
  chains: readonly string[],
  stale: (comment: string) => boolean,
  { runSync }: InstallEnvironment,
): void {
  for (const listing of listings) {
    for (const { chain, comment } of listing.table === DIVERSION_TABLE ? leadingRules(textOf(listing)) : []) {
      const pid = processOf(comment);
      if (pid !== undefined && !stale(comment) && chains.includes(chain)) throw Problem.of(chainTaken, { chain, pid });
    }
  }
  for (const listing of listings) {
    const { program, table } = listing;
    for (const args of staleDeletions(textOf(listing), stale)) runSync(program, ['-t', table, ...args]);
  }
}
