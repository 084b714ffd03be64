/** What a ruleset costs a packet, for a terminal or as JSON: signature by signature, the dearest first. */
import type { Cost } from '../../compiler/cost/amount.js';
import { expectedReason, worstReason } from '../../compiler/cost/reason.js';
import { type RulesetCost, rulesetCost, type SignatureCost } from '../../compiler/cost/ruleset.js';
import type { Words } from '../../compiler/explain/words.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset, Signature } from '../../compiler/ruleset.js';
import type { Tree } from '../../compiler/tree/tree.js';
import type { Span } from '../../grammar/diagnostic.js';
import { number } from '../../runtime/output/figures.js';
import { cut, printable } from '../../runtime/output/text.js';
import { type Paint, plural } from '../render.js';
import { duration, often } from './explain-figures.js';
import { millionth, searchJson, searchLine } from './explain-searches.js';
import { hung } from './explain-text.js';

export interface CostExplanation {
  readonly ruleset: Ruleset;
  readonly tree: Tree;
  readonly words: Words;
  readonly placeOf: (span: Span) => string;
  readonly format: 'text' | 'json';
  /** Only these signatures; undefined: all of them, the dearest as text. */
  readonly only: ReadonlySet<number> | undefined;
  readonly width: number;
  readonly paint: Paint;
}

/** One signature on its line. */
interface Row {
  readonly signature: Signature;
  readonly cost: SignatureCost;
}

/** The costs in the format asked for. */
export function explainCost(explanation: CostExplanation): string {
  const { ruleset, tree, only, format } = explanation;
  const cost = rulesetCost(link(ruleset), { tree });
  const rows = ruleset.signatures
    .flatMap((signature, i): Row[] => {
      const one = cost.signatures[i];
      return one && (only?.has(i) ?? true) ? [{ signature, cost: one }] : [];
    })
    .sort((a, b) => b.cost.expected - a.cost.expected || b.cost.worst - a.cost.worst);
  return format === 'json' ? costJson(cost, rows, explanation) : costText(cost, rows, explanation);
}

// Text ----------------------------------------------------------------------------------------------------------------

/** More lines are not read: what is not among them costs less. */
const MOST_ROWS = 40;
/** Columns of a figure. */
const FIGURE = 9;

function costText(cost: RulesetCost, rows: readonly Row[], explanation: CostExplanation): string {
  const { only } = explanation;
  const shown = only ? rows : rows.slice(0, MOST_ROWS);
  const rest = rows.slice(shown.length);
  const head = `${'expected'.padStart(FIGURE)}${'worst'.padStart(FIGURE + 1)}  `;
  const lines = [
    ...summary(cost, explanation),
    '',
    `${head}of`,
    ...totals(cost, explanation),
    '',
    `${head}packets   signature`,
    ...shown.map((row) => rowText(row, cost, explanation)),
    ...(rest.length > 0
      ? [hung('', restText(rest), 2, explanation.width), '', ...dearestAtWorst(rest, cost, explanation)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function restText(rest: readonly Row[]): string {
  const together = rest.reduce((sum, { cost }) => sum + cost.expected, 0);
  return `… ${plural(rest.length, 'more signature')}, ${duration(together)} all together; \`--format json\` has all, \`--signature NAME\` one`;
}

/** So many of the others are shown for what they cost at worst. */
const MOST_WORST = 5;

function dearestAtWorst(rest: readonly Row[], cost: RulesetCost, explanation: CostExplanation): string[] {
  const dearest = [...rest].sort((a, b) => b.cost.worst - a.cost.worst).slice(0, MOST_WORST);
  return ['of these, the dearest at worst', ...dearest.map((row) => rowText(row, cost, explanation))];
}

const SECOND = 1e12;

function summary({ expected, worst, sizes }: RulesetCost, { ruleset, width, paint }: CostExplanation): string[] {
  const rate = (each: number): string => number(Number((SECOND / Math.max(1, each)).toPrecision(2)));
  const { typicalBytes, longestBytes } = sizes;
  return [
    `${paint('bold', plural(ruleset.signatures.length, 'signature'))}, by the cost model of the compiled engine:`,
    hung(
      '  ',
      `expected ${paint('bold', duration(expected))} a packet, ${rate(expected)} packets a second, where packets carry ${number(typicalBytes)} bytes on average`,
      4,
      width,
    ),
    hung(
      '  ',
      `at worst ${paint('bold', duration(worst))} for a packet of ${number(longestBytes)} bytes, ${rate(worst)} packets a second, if one could be the worst for all signatures at once`,
      4,
      width,
    ),
    hung(
      '',
      'on one core of the machine that the model was calibrated on; what follows from a match is not in it',
      0,
      width,
    ),
  ];
}

/** What every packet costs, and what is shared by signatures. */
function totals({ packet, walk, searches, decided }: RulesetCost, { words, width }: CostExplanation): string[] {
  const row = (cost: Cost, text: string): string => {
    const head = figures(cost);
    return hung(head, text, head.length, width);
  };
  return [
    row(packet, 'decoding headers'),
    row(walk, 'the way through the tree'),
    ...searches.map((search) => row(search, searchLine(search, words))),
    row(decided, 'deciding signatures'),
  ];
}

function figures({ expected, worst }: Cost): string {
  return `${duration(expected).padStart(FIGURE)}${duration(worst).padStart(FIGURE + 1)}  `;
}

/** Longer reasons are cut: the rule file has the condition. */
const MOST_CHARACTERS = 120;

function rowText({ signature, cost }: Row, { sizes }: RulesetCost, explanation: CostExplanation): string {
  const { words, placeOf, width, paint } = explanation;
  const head = `${figures(cost)}${often(cost.reached).padEnd(10)}`;
  const reason = printable(cut(expectedReason(cost, words), MOST_CHARACTERS));
  const worst = worstReason(cost.dear, sizes);
  const more = worst === undefined ? '' : `; at worst ${printable(worst)}`;
  const name = `${paint('bold', printable(signature.name))} ${paint('dim', placeOf(signature.span))}`;
  return hung(head, `${name} ${reason}${more}`, head.length, width);
}

// JSON ----------------------------------------------------------------------------------------------------------------

function costJson(cost: RulesetCost, rows: readonly Row[], { words, placeOf }: CostExplanation): string {
  const { sizes, packet, walk, searches } = cost;
  const value = {
    unit: 'picoseconds',
    ...sizes,
    ...both(cost),
    decoding: packet,
    tree: walk,
    deciding: cost.decided,
    searches: searches.map((search) => searchJson(search, words)),
    signatures: rows.map(({ signature, cost: one }) => ({
      signature: signature.name,
      place: placeOf(signature.span),
      ...both(one),
      own: one.own,
      packetsPerMillion: millionth(one.reached),
      reason: expectedReason(one, words),
      worstReason: worstReason(one.dear, sizes),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function both({ expected, worst }: Cost): Cost {
  return { expected, worst };
}
