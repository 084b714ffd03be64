/** Stretches of text for fixes. */
import type { Edit, Span } from '../../grammar/diagnostic.js';
import { isParsed, type Sources } from '../check/sources.js';

/** A file's text. */
export function fileText({ files }: Sources, file: string): string {
  const parsed = files.get(file);
  return isParsed(parsed) ? parsed.tree.text : '';
}

/** The words at a place, as they were written. */
export function sourceOf({ file, start, end }: Span, sources: Sources): string {
  return fileText(sources, file).slice(start, end);
}

/**
 * Takes a stretch away: with its lines where nothing else stands in them, else with the blanks before it where it ends its line,
 * and with those behind it where it does not.
 */
export function removal(span: Span, text: string): Edit {
  const { file } = span;
  const before = span.start - Math.max(lineStart(text, span.start), wordEnd(text, span.start));
  const behind = /^[ \t]*/.exec(text.slice(span.end, span.end + MOST_BLANKS))?.[0].length ?? 0;
  const [start, end] = [span.start - before, span.end + behind];
  const lineBreak = /^(?:\r?\n|$)/.exec(text.slice(end, end + 2));
  if (!lineBreak) return { span: { file, start: span.start, end }, text: '' };
  const isWholeLine = start === lineStart(text, span.start);
  return { span: { file, start, end: isWholeLine ? end + lineBreak[0].length : end }, text: '' };
}

/** Where the last word before a place ends. Backwards by hand: an expression that has to end there would be tried from everywhere. */
export function wordEnd(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && ' \t\r\n'.includes(text.charAt(at - 1))) at--;
  return at;
}

/** Blanks beyond so many stay. */
const MOST_BLANKS = 1000;

/** Where the line of a place begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
