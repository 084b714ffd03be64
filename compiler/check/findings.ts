/** All that is wrong with a ruleset, from what is wrong with its declarations; and what only several of them together show. */
import type { Declaration, HeaderDecl, SignatureDecl } from '../../grammar/ast.js';
import { type Diagnostic, type Label, report } from '../../grammar/diagnostic.js';
import type { Texts } from './context.js';
import { conditionTooLarge, idTaken, keyTaken, nestedTooDeep } from './diagnostics.js';
import type { Memory } from './memory.js';
import { isInside } from './uses.js';

/** Those of some declarations that are asked about, by file and place. */
export type InOrder = <D extends Declaration>(some: ReadonlySet<D>) => readonly D[];

/** What declarations say of themselves and of each other, in any order; of headers in the order of their files. */
export function problemsOf(
  memory: Memory,
  headers: readonly HeaderDecl[],
  inOrder: InOrder,
  texts: Texts,
): Diagnostic[] {
  const wrong = inOrder(memory.troubled).flatMap((decl) => memory.outcomeOf(decl)?.problems ?? []);
  const sameIds = memory.sameIds().map(inOrder);
  return [...wrong, ...keysTaken(headers, memory), ...sameIds.flatMap((all) => idsTaken(all, memory, texts))];
}

/** Each key announces one header. */
function keysTaken(headers: readonly HeaderDecl[], { outcomeOf }: Memory): Diagnostic[] {
  const taken = new Map<string, HeaderDecl>();
  const problems: Diagnostic[] = [];
  for (const decl of headers) {
    for (const { space, values } of outcomeOf(decl)?.result.layout?.keys ?? [])
      for (const value of values) {
        const key = `${space} ${value}`;
        const first = taken.get(key);
        const p = { space, value: `${value}`, header: first?.name.text ?? '' };
        if (!first) taken.set(key, decl);
        else problems.push(report(keyTaken, p, { span: decl.name.span }, { span: first.name.span, text: 'here' }));
      }
  }
  return problems;
}

/** Signatures that have the same id: the first may keep it. */
function idsTaken(
  [keeper, ...others]: readonly SignatureDecl[],
  { outcomeOf }: Memory,
  { isDamaged }: Texts,
): Diagnostic[] {
  const first = keeper && outcomeOf(keeper)?.result.signature;
  if (!first) return [];
  return others.flatMap((decl) => {
    const { span } = decl.entries.find((e) => e.kind === 'Id') ?? decl.name;
    const p = { id: `${first.id}`, name: first.name };
    return isDamaged(span) ? [] : [report(idTaken, p, { span }, { span: first.span, text: 'here' })];
  });
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
