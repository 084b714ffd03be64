/** What no test exercises, for people and for programs. */
import { lineOf, positionOf } from '../../grammar/position.js';
import type { Coverage, Gap } from '../../runtime/testing/coverage.js';
import { type Paint, plural, type Texts } from '../render.js';

const LEGEND: Readonly<Record<Gap['missing'], string>> = {
  test: 'no test expects it',
  'near miss': 'no near miss',
  match: 'no match by it alone',
  rate: 'no test below its count',
};
const MEANINGS: Readonly<Partial<Record<Gap['missing'], string>>> = {
  'near miss': 'a near miss is a packet for which the signature fails because of this part alone',
  match: 'a match by a part alone is a packet that would not match without it',
  rate: 'below its count are packets for which the condition holds and that a test does not expect to match',
};

/** The share of what could be asked for, in percent, rounded down: 100 means all of it. */
function percentOf({ covered, total }: Coverage): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 1000) / 10;
}

/** Whether less is exercised than is asked for. */
export function isBelow({ covered, total }: Coverage, threshold: number): boolean {
  return covered * 100 < threshold * total;
}

/** Each signature with what is missing, and a sentence that sums it up. */
export function renderCoverage(coverage: Coverage, texts: Texts, threshold: number | undefined, paint: Paint): string {
  const { gaps } = coverage;
  const signatures = new Set(gaps.map(({ signature }) => signature));
  const parts = [...signatures].map((signature) => {
    const { line } = positionOf(texts.get(signature.span.file) ?? '', signature.span.start);
    const own = gaps.filter((gap) => gap.signature === signature);
    const head = `${paint('bold', signature.name)} ${signature.span.file}:${String(line)}\n`;
    return head + linesOf(own, texts, paint);
  });
  const kinds = Object.keys(MEANINGS) as Gap['missing'][];
  const meanings = kinds
    .filter((kind) => gaps.some((gap) => gap.missing === kind))
    .map((kind) => `${MEANINGS[kind] ?? ''}\n`);
  return `${parts.join('')}${meanings.join('')}${summary(coverage, threshold, paint)}\n`;
}

/** Of a signature that no test expects, its parts would only repeat that. */
function linesOf(gaps: readonly Gap[], texts: Texts, paint: Paint): string {
  const untested = gaps.find((gap) => gap.missing === 'test');
  return (untested ? [untested] : gaps)
    .map((gap) => `  ${paint('yellow', LEGEND[gap.missing])}${partOf(gap, texts)}\n`)
    .join('');
}

/** Where the part stands and how it begins; nothing where the whole signature is meant. */
function partOf({ signature, span }: Gap, texts: Texts): string {
  if (span === signature.span) return '';
  const text = texts.get(span.file) ?? '';
  const { line, column } = positionOf(text, span.start);
  const place = `${span.file === signature.span.file ? '' : `${span.file}:`}${String(line)}:${String(column)}`;
  const rest = lineOf(text, line).slice(column - 1);
  return `  ${place}  ${text.slice(span.start, Math.min(span.end, span.start + rest.length)).trimEnd()}`;
}

function summary(coverage: Coverage, threshold: number | undefined, paint: Paint): string {
  const { gaps, signatures, total, covered } = coverage;
  const countOf = (missing: Gap['missing']): number => gaps.filter((gap) => gap.missing === missing).length;
  const missing = [
    ...(countOf('test') > 0 ? [`${plural(countOf('test'), 'signature')} without a test`] : []),
    ...(countOf('near miss') > 0 ? [`${String(countOf('near miss'))} without a near miss`] : []),
    ...(countOf('match') > 0 ? [`${String(countOf('match'))} without a match of their own`] : []),
    ...(countOf('rate') > 0 ? [`${String(countOf('rate'))} without a test below the count`] : []),
  ];
  const share = `coverage ${String(percentOf(coverage))} %`;
  const what = `${String(covered)} of ${String(total)} points of ${plural(signatures, 'signature')} are exercised`;
  const sentence = `${share}: ${[what, ...missing].join(', ')}`;
  if (threshold === undefined || !isBelow(coverage, threshold)) return sentence;
  return `${sentence}\n${paint('red', `${share} is below ${String(threshold)} %`)}`;
}

/** As plain data; lines and columns from 1. */
export function coverageToJson(coverage: Coverage, texts: Texts): Record<string, unknown> {
  const { gaps, signatures, total, covered } = coverage;
  return {
    percent: percentOf(coverage),
    signatures,
    total,
    covered,
    gaps: gaps.map(({ signature, span, missing }) => {
      const text = texts.get(span.file) ?? '';
      const place = positionOf(text, span.start);
      return { signature: signature.name, missing, file: span.file, ...place, text: text.slice(span.start, span.end) };
    }),
  };
}
