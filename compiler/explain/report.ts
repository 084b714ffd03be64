/** What every signature makes of a packet: which match, which came near, and where the others fail. */
import type { Formula } from '../logic/formula.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { type Evidence, explainFormula } from './evidence.js';
import { type Context, type Line, linesOf } from './sentences.js';
import { blame, failures, satisfied } from './weigh.js';

export interface SignatureReport {
  readonly index: number;
  readonly signature: Signature;
  readonly evidence: Evidence;
}

/** Explains the signatures at these indices. */
export function reportOn(
  { signatures }: Ruleset,
  indices: readonly number[],
  { dissection }: Context,
): SignatureReport[] {
  return indices.flatMap((index) => {
    const signature = signatures[index];
    return signature ? [{ index, signature, evidence: explainFormula(signature.when, dissection.stack) }] : [];
  });
}

/** So many signatures that nearly match are shown. */
const MOST_NEAR = 4;

/** Those that failed by one part while others held, the ones of which most held first. */
export function nearest(reports: readonly SignatureReport[]): SignatureReport[] {
  return reports
    .filter(({ evidence }) => failures(evidence) === 1 && satisfied(evidence) > 0)
    .map((report) => ({ report, held: satisfied(report.evidence) }))
    .sort((a, b) => b.held - a.held || a.report.index - b.report.index)
    .slice(0, MOST_NEAR)
    .map(({ report }) => report);
}

/** Signatures that fail for the same reason. */
export interface Group {
  readonly reason: string;
  readonly reports: readonly SignatureReport[];
}

/** By the first part that fails, the largest group first; what is missing in the packet is one reason, whoever reads it. */
export function grouped(reports: readonly SignatureReport[], context: Context): Group[] {
  const groups = new Map<string, SignatureReport[]>();
  for (const report of reports) {
    const reason = reasonOf(report, context);
    const known = groups.get(reason);
    if (known) known.push(report);
    else groups.set(reason, [report]);
  }
  return [...groups]
    .map(([reason, members]) => ({ reason, reports: members }))
    .sort((a, b) => b.reports.length - a.reports.length);
}

/** The first part for want of which the signature does not match, and what the packet says to it. */
export function failingLine({ signature, evidence }: SignatureReport, context: Context): Line | undefined {
  const failing = blame(signature.when, evidence);
  if (!failing) return undefined;
  const [line, ...inner] = linesOf(failing.formula, failing.evidence, context);
  if (!line || inner.length === 0 || failing.formula.kind !== 'Or') return line;
  return { ...line, text: context.words.formula(failing.formula), detail: sharedDetail(inner) };
}

/** What is said of every alternative alike. */
function sharedDetail(inner: readonly Line[]): string {
  const details = new Set(inner.filter((l) => l.depth === 1).map((l) => l.detail));
  const [only = ''] = details;
  return details.size === 1 ? only : '';
}

function reasonOf(report: SignatureReport, context: Context): string {
  const line = failingLine(report, context);
  if (!line) return '';
  if (isGap(blame(report.signature.when, report.evidence))) return line.detail;
  return line.detail === '' ? line.text : `${line.text} — ${line.detail}`;
}

function isGap(failing: { readonly formula: Formula; readonly evidence: Evidence } | undefined): boolean {
  const { evidence } = failing ?? {};
  return (evidence?.kind === 'Atom' || evidence?.kind === 'Occurs') && evidence.gap !== undefined;
}
