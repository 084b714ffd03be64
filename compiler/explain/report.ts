/** What every signature makes of a packet: which match, which came near, and where the others fail. */
import type { Formula } from '../logic/formula.js';
import type { Signature } from '../ruleset.js';
import { type Evidence, explainFormula } from './evidence.js';
import { type ReachContext, reachFinder, type ReachPart, unreachedLine } from './reach.js';
import { type Line, linesOf } from './sentences.js';
import { blame, failures as failuresIn, satisfied } from './weigh.js';

export interface SignatureReport {
  readonly index: number;
  readonly signature: Signature;
  /** Of its own condition. */
  readonly evidence: Evidence;
  /** How it is reached, or is not: in modules, and under a policy. */
  readonly reach: readonly ReachPart[];
}

/** Explains the signatures at these indices. */
export function reportOn(indices: readonly number[], context: ReachContext): SignatureReport[] {
  const { rules, linked, dissection } = context;
  const reachOf = reachFinder(linked, context);
  return indices.flatMap((index) => {
    const signature = rules.signatures[index];
    if (!signature) return [];
    return [{ index, signature, evidence: explainFormula(signature.when, dissection.stack), reach: reachOf(index) }];
  });
}

/** Parts that would have to turn out otherwise for the signature to be reached and its condition to hold; 0 where that is so. */
export function failures({ evidence, reach }: Pick<SignatureReport, 'evidence' | 'reach'>): number {
  return reach.reduce((sum, part) => sum + failuresIn(part.evidence), failuresIn(evidence));
}

/** So many signatures that nearly match are shown. */
const MOST_NEAR = 4;

/** Those that failed by one part while others held, the ones of which most held first. */
export function nearest(reports: readonly SignatureReport[]): SignatureReport[] {
  return reports
    .filter((report) => failures(report) === 1 && satisfied(report.evidence) > 0)
    .map((report) => ({ report, held: satisfied(report.evidence) }))
    .sort((a, b) => b.held - a.held || a.report.index - b.report.index)
    .slice(0, MOST_NEAR)
    .map(({ report }) => report);
}

/** Signatures that fail for the same reason. */
export interface Group {
  /** What they asked, where it is the same; empty where it differs. */
  readonly text: string;
  /** What the packet says to it. */
  readonly detail: string;
  /** What the packet says it of: bytes that were searched, or something that is not there. */
  readonly about: 'search' | 'gap' | 'value';
  readonly reports: readonly SignatureReport[];
}

/** By what the packet says to the first part that fails, the largest group first. */
export function grouped(reports: readonly SignatureReport[], context: ReachContext): Group[] {
  const groups = new Map<string, Group & { text: string; reports: SignatureReport[] }>();
  for (const report of reports) {
    const { text = '', detail = '' } = failingLine(report, context) ?? {};
    const key = detail === '' ? text : detail;
    const known = groups.get(key);
    if (!known) groups.set(key, { text, detail, about: aboutOf(report), reports: [report] });
    else {
      known.reports.push(report);
      if (known.text !== text) known.text = '';
    }
  }
  return [...groups.values()].sort((a, b) => b.reports.length - a.reports.length);
}

/** The first part for want of which the signature does not match, and what the packet says to it. */
export function failingLine({ signature, evidence, reach }: SignatureReport, context: ReachContext): Line | undefined {
  const unreached = unreachedLine(reach, context);
  if (unreached) return unreached;
  const failing = blame(signature.when, evidence);
  if (!failing) return undefined;
  const [line] = linesOf(failing.formula, failing.evidence, { ...context, brief: true });
  const { formula } = failing;
  // Alternatives that fail in different ways: what they have in common is only the whole.
  return line?.text === 'one of' && formula.kind === 'Or' && failing.evidence.kind === 'Or'
    ? {
        ...line,
        text: context.words.about(formula).formula(formula),
        detail: reasons(formula.of, failing.evidence.of, context),
      }
    : line;
}

/** So many alternatives are given a reason. */
const MOST_REASONS = 3;

/** Why each of the alternatives fails, by its first part that does. */
function reasons(formulas: readonly Formula[], of: readonly Evidence[], context: ReachContext): string {
  const details = formulas.flatMap((formula, i) => {
    const evidence = of[i];
    const failing = evidence && blame(formula, evidence);
    if (!failing) return [];
    const [line] = linesOf(failing.formula, failing.evidence, { ...context, brief: true });
    return line && line.detail !== '' && line.text !== 'one of' ? [line.detail] : [];
  });
  const distinct = withSharedReasons(details);
  const rest = distinct.length - MOST_REASONS;
  return `${distinct.slice(0, MOST_REASONS).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** `no icmp header, no icmpv6 header: ipv4.protocol is 17 (udp)`: what is missing for one reason has that said once. */
function withSharedReasons(details: readonly string[]): string[] {
  const heads = new Map<string, Set<string>>();
  for (const detail of details) {
    const [, head = '', reason = detail] = /^(.*?): (.*)$/.exec(detail) ?? [];
    heads.set(reason, (heads.get(reason) ?? new Set()).add(head));
  }
  return [...heads].map(([reason, of]) => [[...of].filter((head) => head !== '').join(', '), reason].filter((part) => part !== '').join(': ')); // prettier-ignore
}

/** What the first part that fails is about. */
function aboutOf({ evidence, reach }: SignatureReport): Group['about'] {
  return reach.every((part) => part.evidence.holds) ? aboutAtom(evidence) : 'value';
}

/** What the first atom that fails is about. */
function aboutAtom(evidence: Evidence): Group['about'] {
  switch (evidence.kind) {
    case 'Or': {
      const [first = 'value', ...others] = new Set(evidence.of.map(aboutAtom));
      return others.length === 0 ? first : 'value';
    }
    case 'And': {
      const failing = evidence.of.find((part) => !part.holds);
      return failing ? aboutAtom(failing) : 'value';
    }
    case 'Atom':
    case 'Occurs':
      return evidence.gap ? 'gap' : evidence.search ? 'search' : 'value';
    case 'Constant':
    case 'Not':
      return 'value';
  }
}
