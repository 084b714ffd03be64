/** What lints have said of texts that are being changed: kept where it stands until they speak again. */
import type { Diagnostic, Span } from '../../grammar/diagnostic.js';
import type { Lint } from '../../compiler/lint/lint.js';
import { type Change, changeBetween } from '../service/change.js';

export interface LintFindings {
  readonly of: (name: string) => readonly Diagnostic[];
  readonly set: (name: string, kind: Lint['class'], found: readonly Diagnostic[]) => void;
  /** A text has become another one. */
  readonly moved: (name: string, before: string, after: string) => void;
  readonly forget: (name: string) => void;
}

/** Nothing yet. */
export function noFindings(): LintFindings {
  const all = new Map<string, Partial<Record<Lint['class'], readonly Diagnostic[]>>>();
  return {
    of: (name) => {
      const { quick = [], slow = [] } = all.get(name) ?? {};
      return [...quick, ...slow];
    },
    set: (name, kind, found) => void all.set(name, { ...all.get(name), [kind]: found }),
    moved: (name, before, after) => {
      const known = all.get(name);
      if (!known || ((known.quick ?? []).length === 0 && (known.slow ?? []).length === 0)) return;
      const change = changeBetween(before, after);
      const kept = (found: readonly Diagnostic[] = []): readonly Diagnostic[] =>
        found.flatMap((one) => movedBy(one, name, change) ?? []);
      all.set(name, { quick: kept(known.quick), slow: kept(known.slow) });
    },
    forget: (name) => void all.delete(name),
  };
}

/** A finding that is about changed words is over, or will be said again; so is a fix that would change them. */
function movedBy(finding: Diagnostic, name: string, change: Change): Diagnostic | undefined {
  const isTouched = ({ span }: { readonly span: Span }): boolean =>
    span.file === name && span.start <= change.end && span.end >= change.start;
  const move = <T extends { readonly span: Span }>(one: T): T =>
    one.span.file === name && one.span.start >= change.end
      ? { ...one, span: { ...one.span, start: one.span.start + change.by, end: one.span.end + change.by } }
      : one;
  if (finding.labels.some(isTouched)) return undefined;
  const whole = (finding.fixes ?? []).filter(({ edits }) => !edits.some(isTouched));
  const fixes = whole.map((fix) => ({ ...fix, edits: fix.edits.map(move) }));
  const { fixes: _, ...rest } = finding;
  return { ...rest, labels: finding.labels.map(move), ...(fixes.length > 0 && { fixes }) };
}
