/** What lints look at: a checked ruleset with the trees that it was made from, and what is dear to compute on demand. */
import type { SignatureDecl, SourceTree } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { Checked } from '../check/check.js';
import type { SymbolUse } from '../check/symbols.js';
import { isParsed, type Sources } from '../check/sources.js';
import { rulesetCost, type RulesetCost } from '../cost/ruleset.js';
import { link } from '../link/link.js';
import type { Linked } from '../link/linked.js';
import type { Requirement } from '../link/requirements.js';
import { reachedTogether } from '../link/together.js';
import { widest } from '../link/widest.js';
import { analyse, type Analysis } from '../prove/analyse.js';
import { workshop, type Workshop } from '../prove/prover.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { type Written, writtenIn } from './expressions.js';
import { parameterReader } from './params.js';
import { fileText } from './text.js';

/** A signature as it was written and as it is meant. */
export interface LintedSignature {
  readonly decl: SignatureDecl;
  readonly signature: Signature;
  /** Its place in `ruleset.signatures`. */
  readonly index: number;
  /** The same with how it is reached (`Program.widest`): it holds wherever the signature matches, whatever the policy. */
  readonly reached: () => Signature;
  /** What has to hold for that, beside its own condition; the same list for signatures that are reached alike. */
  readonly requirements: () => readonly Requirement[];
}

export interface Program {
  readonly sources: Sources;
  readonly ruleset: Ruleset;
  /** Which word stands for what; empty where the checker was not asked to note it. */
  readonly symbols: readonly SymbolUse[];
  /** The trees of the files that the user named, in order. */
  readonly trees: readonly SourceTree[];
  /** The signatures in those files, in order. */
  readonly signatures: readonly LintedSignature[];
  /** The author's words on one line, cut where they are long. */
  readonly quote: (span: Span) => string;
  /** What stands where formulas say that they come from. */
  readonly written: Written;
  /** Whether what stands there depends on a parameter, which other sites set otherwise. */
  readonly readsParameter: (span: Span) => boolean;
  /** The signatures of all files with how they are reached at most: without a policy, or under any that is declared. Computed when first asked for, as is what follows. */
  readonly widest: () => Linked;
  readonly cost: () => RulesetCost;
  /** What is proved of the signatures of all files. */
  readonly proofs: () => Analysis;
  /** For questions about parts of conditions. */
  readonly workshop: () => Workshop;
}

/** Makes the program of a ruleset that has no errors. */
export function programOf(sources: Sources, { ruleset, symbols }: Checked): Program {
  const known = lazily(() => widest(ruleset));
  const trees = sources.roots.flatMap((file) => treeOf(sources, file));
  const { policy: _none, ...bare } = ruleset;
  const byPlace = new Map(ruleset.signatures.map((signature, index) => [placeOf(signature.span), index]));
  const signatures = trees.flatMap(({ declarations }) =>
    declarations.flatMap((decl): readonly LintedSignature[] => {
      if (decl.kind !== 'Signature') return [];
      const index = byPlace.get(placeOf(decl.name.span));
      const signature = index === undefined ? undefined : ruleset.signatures[index];
      if (index === undefined || !signature) return [];
      const reached = (): Signature => known().signatures[index] ?? signature;
      return [{ decl, signature, index, reached, requirements: () => known().requirements?.(index) ?? NONE }];
    }),
  );
  return {
    sources,
    ruleset,
    symbols,
    trees,
    signatures,
    quote: (span) => quoted(span, fileText(sources, span.file)),
    written: writtenIn((file) => treeOf(sources, file)[0]?.declarations ?? []),
    readsParameter: parameterReader(sources, symbols),
    widest: known,
    cost: lazily(() => rulesetCost(link(bare))),
    proofs: lazily(() => analyse(known(), reachedTogether(ruleset))),
    workshop: lazily(() => {
      const formulas = known().signatures.map(({ when }) => when);
      return workshop(ruleset.layouts, formulas);
    }),
  };
}

const NONE: readonly Requirement[] = [];

/** Longer quotes are cut: a message is for reading. */
const MOST_CHARACTERS = 60;

function quoted({ start, end }: Span, whole: string): string {
  const text = whole.slice(start, end).replace(/\s+/g, ' ');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}

function treeOf({ files }: Sources, file: string): readonly SourceTree[] {
  const parsed = files.get(file);
  return isParsed(parsed) ? [parsed.tree] : [];
}

function placeOf({ file, start }: Span): string {
  return `${start} ${file}`;
}

function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
