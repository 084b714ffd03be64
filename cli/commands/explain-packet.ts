/** A packet explained for a terminal: its headers, its way through the tree, and why each signature matches or does not. */
import { endText } from '../../compiler/explain/absence.js';
import { type Dissection, fieldsOf, listsOf } from '../../compiler/explain/dissect.js';
import { countText, durationText } from '../../compiler/explain/count-text.js';
import { pathOf } from '../../compiler/explain/path.js';
import { pathLines } from '../../compiler/explain/path-text.js';
import { type ReachContext, reachLines } from '../../compiler/explain/reach.js';
import {
  failures,
  type Group,
  grouped,
  nearest,
  reportOn,
  type SignatureReport,
} from '../../compiler/explain/report.js';
import { type Line, linesOf } from '../../compiler/explain/sentences.js';
import { bytesText, type Words } from '../../compiler/explain/words.js';
import type { Decoded } from '../../compiler/backend/interpreter/stack.js';
import { carrierOf } from '../../compiler/backend/interpreter/value.js';
import type { Linked } from '../../compiler/link/linked.js';
import type { Ruleset, Signature } from '../../compiler/ruleset.js';
import type { Tree } from '../../compiler/tree/tree.js';
import type { Judgement } from '../../runtime/engine/engine.js';
import { eveTimestamp } from '../../runtime/output/eve.js';
import { type Paint, plural } from '../render.js';
import type { Subject } from './explain-subject.js';
import { hung } from './explain-text.js';
import { cut, printable } from '../../runtime/output/text.js';

/** What is shown, and how. */
export interface PacketExplanation {
  readonly ruleset: Ruleset;
  /** The ruleset as it is linked under its policy. */
  readonly linked: Linked;
  readonly tree: Tree;
  readonly subject: Subject;
  readonly dissection: Dissection;
  readonly words: Words;
  readonly placeOf: (signature: Signature) => string;
  readonly all: boolean;
  /** Only these signatures; undefined: those that matter. */
  readonly only: readonly number[] | undefined;
  readonly width: number;
  readonly paint: Paint;
}

/** The whole text. */
export function explainPacket(explanation: PacketExplanation): string {
  const { subject, dissection, paint } = explanation;
  const { packet, name } = subject;
  const { length } = packet.bytes;
  const size =
    packet.wireLength > length ? `${length} of ${plural(packet.wireLength, 'byte')}` : plural(length, 'byte');
  const link = dissection.first ? `, link type ${packet.link} (${dissection.first.name})` : '';
  const time = subject.isTimed ? `, ${eveTimestamp(packet.time)}` : '';
  const title = `${paint('bold', printable(name))}: ${size}${link}${time}`;
  const parts = [[title], headerLines(explanation), verdictLines(explanation)];
  if (!explanation.only) parts.push(pathSection(explanation));
  return `${[...parts, ...signatureSections(explanation)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

// Headers ------------------------------------------------------------------------------------------------------------

function headerLines({ dissection, words, width, paint, all }: PacketExplanation): string[] {
  const { headers } = dissection.trace;
  const named = headers.filter((h) => all || h.payload > h.start);
  const longest = Math.max(7, ...named.map((h) => h.layout.name.length));
  const row = (start: number, name: string, text: string): string => {
    const head = `  ${`byte ${start}`.padEnd(9)} ${name.padEnd(longest)}  `;
    return hung(
      `  ${`byte ${start}`.padEnd(9)} ${paint('cyan', name)}${' '.repeat(longest - name.length)}  `,
      text,
      head.length,
      width,
    );
  };
  const rows = named.map((h) => row(h.start, h.layout.name, printable(fieldsText(h, dissection, words, all))));
  const end = endText(dissection, words);
  return [...rows, ...payloadRow(dissection, row), ...(end === undefined ? [] : [`  ${paint('yellow', end)}`])];
}

function fieldsText(header: Decoded, dissection: Dissection, words: Words, all: boolean): string {
  const { fields } = header.layout;
  const isMain = (name: string): boolean => {
    const field = fields.find((f) => f.name === name);
    return field?.initial?.kind !== 'Checksum' && field?.constraint?.operator !== '==';
  };
  const texts = fieldsOf(header, dissection)
    .filter(({ name, value }) => all || (isMain(name) && (value !== 0n || fields.find((f) => f.name === name)?.flags)))
    .map(({ name, value, of, announces }) => {
      const next = announces === undefined ? '' : ` (${announces})`;
      return `${name} ${words.number(value, of)}${next}`;
    });
  const lists = listsOf(header).map(({ name, entries }) => {
    return `${name} ${entries.map((entry) => `${entry.name} (byte ${entry.start})`).join(', ')}`;
  });
  return [...texts, ...lists].join(', ');
}

/** Bytes of the payload that are shown. */
const MOST_BYTES = 64;

/** What stands behind the last header: the payload, as the language has it, or what could not be decoded. */
function payloadRow(
  { stack, trace }: Dissection,
  row: (start: number, name: string, text: string) => string,
): string[] {
  const last = trace.headers.at(-1);
  const start = last?.payload ?? 0;
  const bytes = stack.packet.bytes.subarray(start, Math.max(start, last?.extent ?? stack.packet.bytes.length));
  if (bytes.length === 0) return [];
  const shown = bytes.subarray(0, MOST_BYTES);
  return [
    row(
      start,
      carrierOf('transport', stack)?.payload === start ? 'payload' : 'rest',
      `${plural(bytes.length, 'byte')}: ${bytesText(shown, bytes.length > MOST_BYTES)}`,
    ),
  ];
}

// Verdict ------------------------------------------------------------------------------------------------------------

const VERDICT_COLOURS = { pass: 'green', accept: 'green', reject: 'red', drop: 'red' } as const;

function verdictLines({ ruleset, linked, subject, paint }: PacketExplanation): string[] {
  const { judgement } = subject;
  const nameOf = (index: number): string => ruleset.signatures[index]?.name ?? '?';
  const { verdict, alerts } = judgement;
  const alerted = alerts.length === 0 ? 'none' : alerts.map(nameOf).join(', ');
  const limited = judgement.matches.filter((i) => linked.signatures[i]?.log && !alerts.includes(i)).map(nameOf);
  const delayed = judgement.matches.filter((i) => linked.signatures[i]?.delay !== undefined).map(nameOf);
  return [
    `verdict ${paint(['bold', VERDICT_COLOURS[verdict]], verdict)}: ${whyVerdict(judgement, ruleset, linked)}`,
    `alerts ${alerted}${limited.length === 0 ? '' : `; kept out by their limit: ${limited.join(', ')}`}`,
    ...(delayed.length > 0 ? [`held back by ${delayed.join(', ')}, where packets are live`] : []),
  ];
}

function whyVerdict({ verdict, matches, uncovered }: Judgement, { policy }: Ruleset, { signatures }: Linked): string {
  if (uncovered) return `the policy ${policy?.name ?? '?'} does not cover the packet, so nothing is evaluated`;
  const matching = matches.flatMap((index) => signatures[index] ?? []);
  if (verdict === 'accept') {
    return matching.length === 0 ? 'no signature matches' : onlyText(matching);
  }
  const deciding = matching.filter((s) => s.verdict === verdict).map((s) => s.name);
  const weaker = matching.filter((s) => s.verdict !== verdict && s.verdict !== 'accept');
  const over =
    weaker.length === 0 ? '' : `; that is stronger than ${weaker.map((s) => `${s.verdict} (${s.name})`).join(', ')}`;
  return `by ${deciding.join(', ')}${over}`;
}

/** More names than these are counted. */
const MOST_NAMES = 4;

/** Why signatures match and the packet goes on. */
function onlyText(matching: readonly Signature[]): string {
  const rest = matching.length - MOST_NAMES;
  const names = matching.slice(0, MOST_NAMES).map((s) => s.name);
  const all = `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const [verb, only] = matching.length === 1 ? ['matches', 'logs'] : ['match', 'log'];
  return matching.every((s) => s.log && !s.mark)
    ? `${all} ${verb}, and only ${only}`
    : `${all} ${verb}, with no verdict on the packet`;
}

// The tree -----------------------------------------------------------------------------------------------------------

function pathSection({ tree, dissection, words, all, paint, width }: PacketExplanation): string[] {
  const lines = pathLines(pathOf(tree, dissection.stack), words, !all);
  return [
    paint('bold', 'way through the tree'),
    ...lines.map(({ depth, text, detail, taken }) => {
      const indent = '  '.repeat(depth + 1);
      const tail = detail === '' ? '' : ` ${taken ? '→' : '—'} ${printable(detail)}`;
      return hung(
        indent,
        `${taken ? printable(text) : paint('dim', printable(text))}${tail}`,
        indent.length + 2,
        width,
      );
    }),
  ];
}

// Signatures ---------------------------------------------------------------------------------------------------------

function signatureSections(explanation: PacketExplanation): string[][] {
  const { ruleset, linked, subject, dissection, words, all, only, paint } = explanation;
  const context: ReachContext = { dissection, words, brief: !all && !only, rules: ruleset, linked };
  const matches = new Set(subject.judgement.matches);
  const reports = reportOn(only ?? [...ruleset.signatures.keys()], context);
  const full = (list: readonly SignatureReport[]): string[] =>
    list.flatMap((report, i) => [...(i > 0 ? [''] : []), ...signatureLines(report, context, explanation)]);
  if (only) return [full(reports)];
  const matching = reports.filter((r) => matches.has(r.index));
  const others = reports.filter((r) => !matches.has(r.index));
  const near = all ? others : [...others.filter((r) => failures(r) === 0), ...nearest(others)];
  const shown = new Set(near);
  const rest = others.filter((r) => !shown.has(r));
  return [
    ...(matching.length > 0 ? [[paint('bold', 'matching'), ...full(matching)]] : []),
    ...(near.length > 0 ? [[paint('bold', all ? 'not matching' : 'nearest of the others'), ...full(near)]] : []),
    ...(rest.length > 0 ? [restLines(rest, near.length > 0, context, explanation)] : []),
  ];
}

function signatureLines(report: SignatureReport, context: ReachContext, explanation: PacketExplanation): string[] {
  const { index, signature, evidence, reach } = report;
  const { paint, width, subject, ruleset } = explanation;
  const isMatch = subject.judgement.matches.includes(index);
  const module = ruleset.modules[signature.module ?? -1];
  const home = module ? `  in module ${module.name}` : '';
  const head = `  ${mark(isMatch, paint)} ${paint('bold', signature.name)}${home}  ${paint('dim', explanation.placeOf(signature))}  ${actionsText(index, explanation)}`;
  const lines = [...reach.flatMap((part) => reachLines(part, context)), ...linesOf(signature.when, evidence, context)];
  const counted = countLine(report, explanation);
  return [head, ...lines, ...(counted ? [counted] : [])].map((line) =>
    typeof line === 'string' ? line : evidenceLine(line, paint, width),
  );
}

/** What a match does, as the policy has it. */
function actionsText(index: number, { ruleset: { modules, policy }, linked }: PacketExplanation): string {
  const { log = false, verdict = 'accept', forward = [], delay } = linked.signatures[index] ?? {};
  const actions = [
    ...(log ? ['log'] : []),
    ...(verdict === 'accept' ? [] : [verdict]),
    ...forward.map((module) => `forward ${modules[module]?.name ?? '?'}`),
    ...(delay === undefined ? [] : [`delay ${durationText(delay)}`]),
  ];
  const by = policy?.overrides.some(({ signature }) => signature === index) ? policy.name : undefined;
  return `${actions.join(', ')}${by === undefined ? '' : `, overridden by policy ${by}`}`;
}

/** How far the signature's count has come with this packet. */
function countLine(
  { index, signature, evidence, reach }: SignatureReport,
  { subject, words }: PacketExplanation,
): Line | undefined {
  const { count } = signature;
  if (!count) return undefined;
  const text = countText(count, words);
  if (!reach.every((part) => part.evidence.holds))
    return { depth: 0, holds: false, text, detail: 'not counted, as the packet does not reach the signature' };
  if (!evidence.holds) return { depth: 0, holds: false, text, detail: 'not counted, as the condition does not hold' };
  const nth = subject.counted.get(index);
  const keys = count.by.map(words.value).join(', ');
  if (nth === undefined) return { depth: 0, holds: false, text, detail: `not counted, as the packet has no ${keys}` };
  const alone = subject.isTimed ? '' : '; packets before it are not known';
  return { depth: 0, holds: nth > count.more, text, detail: `number ${nth} within the time${alone}` };
}

function evidenceLine({ depth, holds, text, detail }: Line, paint: Paint, width: number): string {
  const indent = `${'  '.repeat(depth + 2)}${holds ? '✓' : '✗'} `;
  const said = detail === '' ? '' : ` — ${paint(holds ? 'dim' : 'yellow', printable(detail))}`;
  const start = `${'  '.repeat(depth + 2)}${mark(holds, paint)} `;
  return hung(start, `${printable(text)}${said}`, indent.length, width);
}

function mark(holds: boolean, paint: Paint): string {
  return holds ? paint('green', '✓') : paint('red', '✗');
}

/** So many reasons why the others fail are named. */
const MOST_REASONS = 12;

function restLines(
  rest: readonly SignatureReport[],
  further: boolean,
  context: ReachContext,
  { paint, width }: PacketExplanation,
): string[] {
  const groups = grouped(rest, context);
  const shown = groups.slice(0, MOST_REASONS);
  const hidden = groups.slice(MOST_REASONS).reduce((sum, group) => sum + group.reports.length, 0);
  const digits = Math.max(...shown.map((g) => `${g.reports.length}`.length), `${hidden}`.length);
  const title = `${plural(rest.length, further ? 'further signature' : 'signature')} ${rest.length === 1 ? 'does' : 'do'} not match`;
  const row = (count: number, text: string): string =>
    hung(`  ${`${count}`.padStart(digits)}  `, text, digits + 4, width);
  return [
    `${paint('bold', title)}, by the first part that fails (--all shows each)`,
    ...shown.map((group) => row(group.reports.length, groupText(group, paint))),
    ...(hidden > 0 ? [row(hidden, 'for other reasons')] : []),
  ];
}

/** What is asked is cut where it is long: the group is one of many. */
const MOST_CHARACTERS = 90;

function groupText({ text, detail, about, reports: [only, ...others] }: Group, paint: Paint): string {
  const asked = printable(cut(text, MOST_CHARACTERS));
  const said = printable(detail);
  const name = only && others.length === 0 ? paint('dim', `  ${only.signature.name}`) : '';
  if (said === '') return `${asked}${name}`;
  if (about === 'gap') return `${said}${name}`;
  if (asked !== '') return `${asked} — ${said}${name}`;
  return about === 'search' ? `what they look for ${said}` : `${said}, and they ask for something else`;
}
