/**
 * The rules that lead packets into the queues: all packets of some chains, or, where a policy names networks, those with an address in them.
 * Then others never enter a queue, and a rule behind counts them.
 */
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { Problem } from '../problem.js';
import { networksRefused, networksUnselected } from './diagnostics.js';
import type { Iptables, Outcome } from './iptables.js';
import { destroySets, fillSets, type RunIpset, setName } from './ipset.js';
import { EVERYWHERE, FAMILIES, type Networks } from './networks.js';
import {
  addressIn,
  commentOf,
  deletion,
  insertion,
  isGone,
  packetsOf,
  queueTarget,
  reasonOf,
  type Rule,
} from './rule.js';
import { DIVERSION_TABLE } from './table.js';

export type Chain = 'FORWARD' | 'INPUT' | 'OUTPUT';

/** Which packets enter the queues. */
export interface Selection {
  readonly networks: Networks;
  /** What becomes of the others. */
  readonly otherwise: 'accept' | 'drop';
}

export interface DiversionOptions {
  /** Adjacent, ascending; at least one. */
  readonly queues: readonly number[];
  readonly chains: readonly Chain[];
  /** Without one, every packet. */
  readonly selection?: Selection | undefined;
}

/** What a diversion takes from the machine. */
export interface DiversionEnvironment {
  readonly run: (program: Iptables, args: readonly string[]) => Outcome;
  readonly ipset: RunIpset;
  readonly marker: string;
}

/** How many packets the rules have met, as far as iptables can tell. */
export interface Met {
  /** Led into a queue, or past it because it was full. */
  readonly led: number;
  /** Packets that the networks do not concern. */
  readonly outside: number;
}

export interface Diversion {
  /** Puts the rules of one version of IP in. */
  divert(program: Iptables): Outcome;
  /** Puts them in once more, where somebody has taken some away. */
  restore(program: Iptables): Outcome;
  /**
   * Before a ruleset with this policy comes into use: what either policy covers enters the queues, where the ruleset that is in use then says
   * what becomes of it. Throws a Problem, and nothing has changed.
   */
  widen(selection: Selection | undefined): void;
  /** Once that ruleset is in use: what its policy does not cover enters no longer. Where that fails `warn` is told, and too much enters. */
  narrow(selection: Selection | undefined): void;
  met(): Met;
  /** The rules that stand; whoever removes one takes it out. */
  readonly rules: Rule[];
  /** Once no rule stands. */
  destroySets(): void;
}

/** Where the rule stands that concerns the packets outside: behind the two that lead those with an address in the networks into the queues. */
const BEHIND = 3;

const DONE: Outcome = { kind: 'done', output: '' };

/** A diversion without rules yet. `warn` is told where networks cannot be selected, and every packet enters the queues. */
export function createDiversion(
  options: DiversionOptions,
  environment: DiversionEnvironment,
  warn: (diagnostic: Diagnostic) => void,
): Diversion {
  return new IptablesDiversion(options, environment, warn);
}

class IptablesDiversion implements Diversion {
  readonly rules: Rule[] = [];
  readonly #chains: readonly Chain[];
  readonly #target: readonly string[];
  readonly #comment: readonly string[];
  readonly #environment: DiversionEnvironment;
  readonly #warn: (diagnostic: Diagnostic) => void;
  /** What rules have met that stand no more. */
  readonly #past = { led: 0, outside: 0 };
  /** By what the rules go that stand; undefined: every packet. */
  #current: Selection | undefined;
  #hasSets = false;

  constructor(
    { queues, chains, selection }: DiversionOptions,
    environment: DiversionEnvironment,
    warn: (diagnostic: Diagnostic) => void,
  ) {
    this.#chains = chains;
    this.#target = queueTarget(queues);
    this.#comment = ['-m', 'comment', '--comment', environment.marker];
    this.#environment = environment;
    this.#warn = warn;
    this.#current = selection && this.#isFilled(selection.networks) ? selection : undefined;
  }

  divert(program: Iptables): Outcome {
    for (const chain of this.#chains) {
      const outcome = this.#divertChain(program, chain);
      if (outcome.kind !== 'done') return outcome;
    }
    return DONE;
  }

  restore(program: Iptables): Outcome {
    this.#retire(this.rules.filter((rule) => rule.program === program));
    return this.divert(program);
  }

  widen(selection: Selection | undefined): void {
    const { marker, ipset } = this.#environment;
    if (!this.#current || isSame(this.#current, selection)) return;
    const both = selection ? union(this.#current.networks, selection.networks) : EVERYWHERE;
    const outcome = fillSets(marker, both, ipset);
    if (outcome.kind !== 'done') throw Problem.of(networksRefused, { reason: whyNot(outcome) });
  }

  narrow(selection: Selection | undefined): void {
    if (!this.#current) {
      if (selection) this.#select(selection);
      return;
    }
    if (isSame(this.#current, selection)) return;
    // What is everywhere leaves nothing outside.
    const wanted = selection ?? { networks: EVERYWHERE, otherwise: this.#current.otherwise };
    // First, while what only the policy of before covers still enters: past the set it would meet that policy's rule for what is outside.
    if (wanted.otherwise !== this.#current.otherwise && !this.#changeOutside(wanted)) {
      this.#isFilled(EVERYWHERE);
      this.#current = { networks: EVERYWHERE, otherwise: this.#current.otherwise };
    } else if (this.#isFilled(wanted.networks)) this.#current = wanted;
    else this.#current = { ...wanted, networks: union(this.#current.networks, wanted.networks) };
  }

  met(): Met {
    const { run, marker } = this.#environment;
    const own = (words: readonly string[]): boolean => commentOf(words) === marker;
    const leads = (words: readonly string[]): boolean => own(words) && words.includes('NFQUEUE');
    const places = new Map(this.rules.map(({ program, chain }) => [`${program} ${chain}`, { program, chain }]));
    const texts = [...places.values()].map(({ program, chain }) => {
      const listing = run(program, ['-t', DIVERSION_TABLE, '-S', chain, '-v']);
      return listing.kind === 'done' ? listing.output : '';
    });
    const sum = (isMeant: (words: readonly string[]) => boolean): number =>
      texts.reduce((total, text) => total + packetsOf(text, isMeant), 0);
    const { led, outside } = this.#past;
    return { led: led + sum(leads), outside: outside + sum((words) => own(words) && !leads(words)) };
  }

  destroySets(): void {
    if (this.#hasSets) destroySets(this.#environment.marker, this.#environment.ipset);
  }

  #divertChain(program: Iptables, chain: string): Outcome {
    if (!this.#current) return this.#addPlain(program, chain);
    const outcome = this.#addSelected(program, chain, this.#current);
    if (outcome.kind !== 'refused') return outcome;
    this.#warn(report(networksUnselected, { reason: whyNot(outcome) }));
    this.#current = undefined;
    return this.#addPlain(program, chain);
  }

  #isFilled(networks: Networks): boolean {
    this.#hasSets = true;
    const outcome = fillSets(this.#environment.marker, networks, this.#environment.ipset);
    if (outcome.kind !== 'done') this.#warn(report(networksUnselected, { reason: whyNot(outcome) }));
    return outcome.kind === 'done';
  }

  #add(rule: Rule): Outcome {
    const outcome = this.#environment.run(rule.program, insertion(rule));
    if (outcome.kind === 'done') this.rules.push(rule);
    return outcome;
  }

  /** Where the kernel lacks comments, without one; such a rule is not found again after a kill. */
  #addMarked(rule: Rule): Outcome {
    const outcome = this.#add({ ...rule, specification: [...this.#comment, ...rule.specification] });
    return outcome.kind === 'refused' ? this.#add(rule) : outcome;
  }

  #addPlain(program: Iptables, chain: string): Outcome {
    return this.#addMarked({ program, table: DIVERSION_TABLE, chain, specification: this.#target });
  }

  /** All three rules, or none of them. */
  #addSelected(program: Iptables, chain: string, wanted: Selection): Outcome {
    const set = setName(this.#environment.marker, program === 'iptables' ? 'ipv4' : 'ipv6');
    const before = this.rules.length;
    const steps = [
      ...(['dst', 'src'] as const).map((end) => () => {
        const specification = [...addressIn(set, end), ...this.#target];
        return this.#addMarked({ program, table: DIVERSION_TABLE, chain, specification });
      }),
      () => this.#addOutside(program, chain, wanted),
    ];
    for (const step of steps) {
      const outcome = step();
      if (outcome.kind === 'done') continue;
      for (const rule of this.rules.slice(before)) this.#remove(rule);
      return outcome;
    }
    return DONE;
  }

  #addOutside(program: Iptables, chain: string, { otherwise }: Selection): Outcome {
    const rule = { program, table: DIVERSION_TABLE, chain, place: BEHIND };
    if (otherwise === 'drop') return this.#addMarked({ ...rule, specification: ['-j', 'DROP'] });
    // It only counts; where there are no comments it could not be found to be asked.
    const outcome = this.#add({ ...rule, specification: this.#comment });
    return outcome.kind === 'refused' ? DONE : outcome;
  }

  #remove(rule: Rule): void {
    const at = this.rules.indexOf(rule);
    if (isGone(this.#environment.run(rule.program, deletion(rule))) && at >= 0) this.rules.splice(at, 1);
  }

  /** Removes rules whose place others have taken, and keeps in mind what they have counted. */
  #retire(old: readonly Rule[]): void {
    const before = this.met();
    for (const rule of old) this.#remove(rule);
    const after = this.met();
    this.#past.led += Math.max(0, before.led - after.led);
    this.#past.outside += Math.max(0, before.outside - after.outside);
  }

  /** From every packet to those of some networks. */
  #select(wanted: Selection): void {
    if (!this.#isFilled(wanted.networks)) return;
    const plain = [...this.rules];
    for (const { program, chain } of plain) {
      const outcome = this.#addSelected(program, chain, wanted);
      if (outcome.kind === 'done') continue;
      this.#warn(report(networksUnselected, { reason: whyNot(outcome) }));
      for (const rule of this.rules.filter((one) => !plain.includes(one))) this.#remove(rule);
      return;
    }
    this.#retire(plain);
    this.#current = wanted;
  }

  /** False where the rule is refused, and that of before stands; `warn` is told. */
  #changeOutside(wanted: Selection): boolean {
    const old = this.rules.filter(({ place }) => place === BEHIND);
    for (const { program, chain } of this.rules.filter(isFirstOfChain)) {
      const outcome = this.#addOutside(program, chain, wanted);
      if (outcome.kind === 'done') continue;
      this.#warn(report(networksUnselected, { reason: whyNot(outcome) }));
      for (const rule of this.rules.filter((one) => one.place === BEHIND && !old.includes(one))) this.#remove(rule);
      return false;
    }
    this.#retire(old);
    return true;
  }
}

/** One rule for each chain in which some stand. */
function isFirstOfChain({ program, chain }: Rule, at: number, rules: readonly Rule[]): boolean {
  return rules.findIndex((other) => other.program === program && other.chain === chain) === at;
}

function whyNot(outcome: Outcome): string {
  return outcome.kind === 'missing' ? '`ipset` is not installed' : reasonOf(outcome);
}

function isSame(a: Selection, b: Selection | undefined): boolean {
  return (
    a.otherwise === b?.otherwise && FAMILIES.every((family) => a.networks[family].join() === b.networks[family].join())
  );
}

function union(a: Networks, b: Networks): Networks {
  return { ipv4: joined(a.ipv4, b.ipv4), ipv6: joined(a.ipv6, b.ipv6) };
}

function joined(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
