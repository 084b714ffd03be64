/** What becomes different, for people. */
import { type Direction, isSame, type Meaning, type SignatureDiff } from '../../compiler/diff/diff.js';
import type { Layout } from '../../compiler/logic/layout.js';
import { packetText } from '../../compiler/witness/packet-text.js';
import type { Witness } from '../../compiler/witness/witness.js';
import { printable } from '../../runtime/output/text.js';
import type { Runnable } from '../load-runnable.js';
import type { Paint } from '../render.js';
import { hexDump } from './witness-text.js';

/** The two rulesets, as far as words about them need them. */
export interface DiffSides {
  readonly before: Pick<Runnable, 'ruleset' | 'lineOf'>;
  readonly after: Pick<Runnable, 'ruleset' | 'lineOf'>;
}

interface Context extends DiffSides {
  readonly paint: Paint;
}

/** What becomes of packets that no policy covers, ending in a blank line; nothing where that is proved to be the same. */
export function uncoveredText(meaning: Meaning | undefined, { before, after, paint }: Context): string {
  if (!meaning || meaning.kind === 'same') return '';
  const lines =
    meaning.kind === 'open'
      ? ['  neither proved to be the same packets, nor one found that tells the policies apart']
      : [
          ...directionLines('was dropped before as not covered, and is not now', meaning.lost, before.ruleset.layouts),
          ...directionLines('is dropped now as not covered, and was not before', meaning.gained, after.ruleset.layouts),
        ];
  return `${[paint('yellow', '~ otherwise'), ...lines].join('\n')}\n\n`;
}

/** One signature, ending in a blank line; nothing where nothing changed. */
export function diffText(diff: SignatureDiff, context: Context): string {
  const { before, after, paint } = context;
  if (diff.kind !== 'kept') {
    const { name, span } = diff.signature;
    const side = diff.kind === 'added' ? after : before;
    const [sign, colour] = diff.kind === 'added' ? (['+', 'green'] as const) : (['-', 'red'] as const);
    return `${paint(colour, `${sign} ${name}`)} ${paint('dim', `${span.file}:${side.lineOf(span)}`)}\n\n`;
  }
  const meaning = meaningLines(diff, context);
  if (meaning.length === 0 && diff.changes.length === 0) return '';
  const { name, span } = diff.new;
  const head = `${paint('yellow', `~ ${name}`)} ${paint('dim', `${span.file}:${after.lineOf(span)}`)}`;
  const changes = diff.changes.map(({ key, from, to }) => `  ${key}: ${said(from)} → ${said(to)}`);
  return `${[head, ...changes, ...meaning].join('\n')}\n\n`;
}

function said(text: string): string {
  return text === '' ? 'none' : printable(text);
}

function meaningLines({ meaning }: Extract<SignatureDiff, { kind: 'kept' }>, { before, after }: Context): string[] {
  switch (meaning.kind) {
    case 'same':
      return meaning.isRewritten ? ['  when: written differently, and proved to mean the same'] : [];
    case 'open':
      return ['  when: neither proved to mean the same, nor a packet found that tells them apart'];
    case 'different':
      return [
        ...directionLines('matched before, and not now', meaning.lost, before.ruleset.layouts),
        ...directionLines('matches now, and did not before', meaning.gained, after.ruleset.layouts),
      ];
  }
}

function directionLines(what: string, { witness, isNone }: Direction, layouts: readonly Layout[]): string[] {
  if (!witness) return [isNone ? `  nothing ${what}: that is proved` : `  no packet was found that ${what}`];
  return [`  a packet that ${what}:`, ...packetLines(witness, layouts)];
}

function packetLines(witness: Witness, layouts: readonly Layout[]): string[] {
  const { bytes, wireLength } = witness.packet;
  const text = packetText(witness, layouts);
  const cut = wireLength > bytes.length ? [`cut off: ${bytes.length} of ${wireLength} bytes were kept`] : [];
  return [...(text === undefined ? [] : [printable(text)]), ...cut, ...hexDump(bytes)].map((line) => `    ${line}`);
}

/** All of them in a line. */
export function diffSummary(diffs: readonly SignatureDiff[]): string {
  const count = (isSo: (diff: SignatureDiff) => boolean): number => diffs.filter(isSo).length;
  const is = (kind: 'different' | 'open') => (diff: SignatureDiff) =>
    diff.kind === 'kept' && diff.meaning.kind === kind;
  const does = (diff: SignatureDiff): boolean => diff.kind === 'kept' && diff.changes.some((change) => !change.isWords);
  const parts = [
    `${count((diff) => diff.kind === 'added')} added`,
    `${count((diff) => diff.kind === 'removed')} removed`,
    `${count(is('different'))} match other packets`,
    `${count(does)} do something else`,
    `${count(is('open'))} neither proved the same nor told apart`,
    `${count(isSame)} the same`,
  ];
  return `${parts.join(', ')}\n`;
}
