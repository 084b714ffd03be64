/** Diagnostics for people (code frames) and for programs (JSON). */
import { styleText } from 'node:util';
import type { Diagnostic, Fix, Label } from '../grammar/diagnostic.js';
import { lineOf, positionOf } from '../grammar/position.js';

/** The text of a file, if it was read. */
export type Texts = ReadonlyMap<string, string>;

type Style = Parameters<typeof styleText>[0];
/** Colours a text, or leaves it. */
export type Paint = (style: Style, text: string) => string;

/** Colours where the stream is a terminal and nobody objects (no-color.org). */
export function painter(stream: { readonly isTTY?: boolean }): Paint {
  const { env } = process;
  const colour = env['FORCE_COLOR']
    ? env['FORCE_COLOR'] !== '0'
    : stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return colour ? (style, text) => styleText(style, text) : (_, text) => text;
}

const COLOURS = { error: 'red', warning: 'yellow', note: 'blue' } as const;

/** One finding with the lines it is about. Ends with a line break. */
export function renderDiagnostic(diagnostic: Diagnostic, texts: Texts, paint: Paint): string {
  const { severity, code, message, labels, help, page } = diagnostic;
  const colour = COLOURS[severity];
  const head = `${paint(['bold', colour], `${severity}[${code}]`)}${paint('bold', `: ${harmless(message)}`)}`;
  const width = Math.max(1, ...labels.map((label) => String(lineNumber(label, texts)).length));
  const frames = labels.flatMap((label, i) => frame(label, i === 0, width, texts, paint, i === 0 ? colour : 'cyan'));
  const indent = labels.length > 0 ? ' '.repeat(width + 1) : '  ';
  const line = (what: string, text: string): string =>
    `${indent}${paint('cyan', '=')} ${paint('bold', what)}: ${harmless(text)}`;
  const advice = help === undefined ? [] : [line('help', help)];
  const more = page === undefined ? [] : [line('page', `sigward lint --explain ${code}`)];
  return [head, ...frames, ...advice, ...more, ''].join('\n');
}

function lineNumber({ span }: Label, texts: Texts): number {
  return positionOf(texts.get(span.file) ?? '', span.start).line;
}

/** Long lines are shown around the place, so that a minified file does not flood the terminal. */
const FRAME_COLUMNS = 110;

function frame(
  { span, text: note }: Label,
  first: boolean,
  width: number,
  texts: Texts,
  paint: Paint,
  colour: Style,
): string[] {
  const text = texts.get(span.file) ?? '';
  const { line, column } = positionOf(text, span.start);
  const source = lineOf(text, line);
  const cut = Math.max(0, column - 1 - FRAME_COLUMNS / 2);
  const shown = visible(source.slice(cut, cut + FRAME_COLUMNS));
  const before = visible(source.slice(cut, column - 1)).length;
  const length = Math.max(1, Math.min(span.end - span.start, source.length - column + 1, FRAME_COLUMNS - before));
  const bar = paint('cyan', '|');
  const gutter = ' '.repeat(width);
  const marks = paint(colour, (first ? '^' : '-').repeat(length) + (note === undefined ? '' : ` ${note}`));
  return [
    `${gutter}${paint('cyan', first ? '-->' : ':::')} ${span.file}:${line}:${column}`,
    `${gutter} ${bar}`,
    `${paint('cyan', String(line).padStart(width))} ${bar} ${shown}`,
    `${gutter} ${bar} ${' '.repeat(before)}${marks}`,
  ];
}

/** One column a character: tabs and control characters (which could drive a terminal) become spaces. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** What the author's file put into a message may not drive the terminal either. */
function harmless(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD');
}

/** A finding as plain data; lines and columns from 1. */
export function diagnosticToJson(diagnostic: Diagnostic, texts: Texts): Record<string, unknown> {
  const { code, severity, message, help, page, labels, fixes = [] } = diagnostic;
  const [place] = labels;
  return {
    code,
    severity,
    message,
    ...(help !== undefined && { help }),
    ...(page !== undefined && { page }),
    ...(place && placeToJson(place, texts)),
    related: labels.slice(1).map((label) => placeToJson(label, texts)),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixToJson(fix, texts)) }),
  };
}

function fixToJson({ title, isSafe = false, edits }: Fix, texts: Texts): Record<string, unknown> {
  const changes = edits.map(({ span, text }) => ({ ...placeToJson({ span }, texts), replacement: text }));
  return { title, safe: isSafe, edits: changes };
}

function placeToJson({ span, text }: Label, texts: Texts): Record<string, unknown> {
  const source = texts.get(span.file) ?? '';
  const [start, end] = [positionOf(source, span.start), positionOf(source, span.end)];
  return {
    file: span.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(text !== undefined && { text }),
  };
}

/** "2 errors, 1 warning" */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = diagnostics.filter((d) => d.severity === severity).length;
    return count > 0 ? [plural(count, severity)] : [];
  });
  return parts.join(', ') || 'no problems';
}

/** "1 file", "2 files" */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
