/** All that is wrong with a ruleset, from what is wrong with its declarations; and what only several of them together show. */
import type { Declaration, HeaderDecl } from '../../grammar/ast.js';
import { type Diagnostic, type Label, report } from '../../grammar/diagnostic.js';
import type { Signature } from '../ruleset.js';
import type { Texts } from './context.js';
import { conditionTooLarge, idTaken, keyTaken, nestedTooDeep } from './diagnostics.js';
import type { Outcome } from './outcome.js';
import type { Declared } from './scope.js';
import { isInside } from './uses.js';

/** A declaration and what its check gave. */
export interface Judged extends Declared<Declaration> {
  readonly outcome: Outcome;
}

/** What declarations say of themselves and of each other, in any order. */
export function problemsOf(all: readonly Judged[], texts: Texts): Diagnostic[] {
  return [...all.flatMap(({ outcome }) => outcome.problems), ...keysTaken(all), ...idsTaken(all, texts)];
}

/** Each key announces one header. */
function keysTaken(all: readonly Judged[]): Diagnostic[] {
  const taken = new Map<string, HeaderDecl>();
  return all.flatMap(({ decl, outcome }) =>
    (decl.kind === 'Header' ? (outcome.result.layout?.keys ?? []) : []).flatMap(({ space, values }) =>
      values.flatMap((value) => {
        const key = `${space} ${value}`;
        const first = taken.get(key);
        if (!first && decl.kind === 'Header') taken.set(key, decl);
        if (!first || decl.kind !== 'Header') return [];
        const p = { space, value: `${value}`, header: first.name.text };
        return [report(keyTaken, p, { span: decl.name.span }, { span: first.name.span, text: 'here' })];
      }),
    ),
  );
}

function idsTaken(all: readonly Judged[], { isDamaged }: Texts): Diagnostic[] {
  const ids = new Map<number, Signature>();
  const problems: Diagnostic[] = [];
  for (const { decl, outcome } of all) {
    const { signature } = outcome.result;
    if (decl.kind !== 'Signature' || !signature || signature.id === 0) continue;
    const first = ids.get(signature.id);
    const at = first && (decl.entries.find((e) => e.kind === 'Id') ?? decl.name);
    const p = { id: `${signature.id}`, name: first?.name ?? '' };
    if (!at) ids.set(signature.id, signature);
    else if (!isDamaged(at.span))
      problems.push(report(idTaken, p, { span: at.span }, { span: first.span, text: 'here' }));
  }
  return problems;
}

/** In order of file and place; of those at one place in the order given. Each once, and no echo of what is said elsewhere. */
export function inReportOrder(files: readonly string[], problems: readonly Diagnostic[]): Diagnostic[] {
  const place = new Map(files.map((file, i) => [file, i]));
  const rank = (d: Diagnostic): [number, number] => [
    place.get(d.labels[0]?.span.file ?? '') ?? files.length,
    d.labels[0]?.span.start ?? 0,
  ];
  const seen = new Set<string>();
  const once = withoutEchoes(problems).filter((d) => {
    const key = `${d.code} ${d.message} ${rank(d).join(' ')}`;
    return !seen.has(key) && seen.add(key);
  });
  const sorted = once.toSorted((a, b) => {
    const [[fileA, startA], [fileB, startB]] = [rank(a), rank(b)];
    return fileA - fileB || startA - startB;
  });
  const said = new Set<string>();
  return sorted.filter(({ code }) => !ONCE.has(code) || (!said.has(code) && said.add(code)));
}

/** What uses something that is too large or too deep is so itself: one place is enough. */
const ONCE = new Set([conditionTooLarge.code, nestedTooDeep.code]);

/** What is wrong with a predicate or a `let` wherever it is used is said at its declaration, and not again at each use. */
function withoutEchoes(problems: readonly Diagnostic[]): Diagnostic[] {
  const keyOf = ({ code, message }: Diagnostic, label: Label | undefined): string =>
    `${code} ${message} ${label?.span.file ?? ''} ${label?.span.start ?? 0}`;
  const said = new Set(problems.map((d) => keyOf(d, d.labels[0])));
  return problems.filter((d) => d.labels.slice(1).every((l) => !isInside(l.text) || !said.has(keyOf(d, l))));
}
