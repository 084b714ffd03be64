/** What can be done about the findings at a place. */
import type { Diagnostic, Edit, Fix, Span } from '../../../grammar/diagnostic.js';
import type { Stretch, View } from '../view.js';

export type Action =
  | {
      readonly kind: 'fix';
      readonly title: string;
      readonly edits: readonly Edit[];
      readonly of: Diagnostic;
      readonly isBest: boolean;
    }
  /** A page about the finding. */
  | { readonly kind: 'page'; readonly title: string; readonly page: string; readonly of: Diagnostic };

/** The actions for the findings that a stretch touches, the best first. */
export function codeActions(view: View, file: string, stretch: Stretch): readonly Action[] {
  const source = view.file(file);
  if (!source) return [];
  const here = view
    .diagnostics(file)
    .filter(({ labels: [place] }) => place?.span.file === file && touches(place.span, stretch));
  return here.flatMap((of) => [
    ...fixActions(of, source.text),
    ...ignoreActions(of, file, source.text),
    ...pageActions(of),
  ]);
}

function touches(span: Span, { start, end }: Stretch): boolean {
  return span.start <= end && span.end >= start;
}

function fixActions(of: Diagnostic, text: string): readonly Action[] {
  const fixes = of.fixes ?? suggestedFix(of, text);
  return fixes.map(({ title, edits }, i) => ({ kind: 'fix', title, edits, of, isBest: i === 0 }));
}

/** ``did you mean `x`?`` is a change, where what is meant takes the place of what is marked. */
function suggestedFix({ help, labels: [place] }: Diagnostic, text: string): readonly Fix[] {
  const meant = /^did you mean `([^`]+)`\?$/.exec(help ?? '')?.[1];
  if (meant === undefined || !place) return [];
  const { span } = place;
  const word = text.slice(span.start, span.end);
  if (/^"[^"]*"$/.test(word)) return [{ title: `write \`${meant}\``, edits: [{ span, text: `"${meant}"` }] }];
  if (!/^\w+$/.test(word)) return [];
  // `tcp.flags` for the `flag` of `tcp.flag`: what stands before the dot already is not written again.
  const before = /[\w.]*$/.exec(text.slice(Math.max(0, span.start - 200), span.start))?.[0] ?? '';
  const rest = before !== '' && meant.startsWith(before) ? meant.slice(before.length) : meant;
  return [{ title: `write \`${meant}\``, edits: [{ span, text: rest }] }];
}

/** Only lints have a page, and only lints can be ignored: by a comment before the line. The reason is the author's to write. */
function ignoreActions(of: Diagnostic, file: string, text: string): readonly Action[] {
  const [place] = of.labels;
  if (of.page === undefined || !place) return [];
  const start = text.lastIndexOf('\n', place.span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  const edits = [{ span: { file, start, end: start }, text: `${indent}// sigward-ignore ${of.code}: \n` }];
  return [{ kind: 'fix', title: `ignore \`${of.code}\` here, for a reason`, edits, of, isBest: false }];
}

function pageActions(of: Diagnostic): readonly Action[] {
  return of.page === undefined ? [] : [{ kind: 'page', title: `why \`${of.code}\``, page: of.page, of }];
}
