/** What lints look at: a checked ruleset with the trees that it was made from, and what is dear to compute on demand. */
import type { SignatureDecl, SourceTree } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { Checked } from '../check/check.js';
import type { SymbolUse } from '../check/symbols.js';
import { isParsed, type Sources } from '../check/sources.js';
import { rulesetCost, type RulesetCost } from '../cost/ruleset.js';
import { link } from '../link/link.js';
import type { Linked } from '../link/linked.js';
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
  /** The same signatures with how they are reached, without a policy. Computed when first asked for, as is what follows. */
  readonly linked: () => Linked;
  readonly cost: () => RulesetCost;
  /** What is proved of the signatures of all files. */
  readonly proofs: () => Analysis;
  /** For questions about parts of conditions. */
  readonly workshop: () => Workshop;
}

/** Makes the program of a ruleset that has no errors. */
export function programOf(sources: Sources, { ruleset, symbols }: Checked): Program {
  const trees = sources.roots.flatMap((file) => treeOf(sources, file));
  const byPlace = new Map(ruleset.signatures.map((signature, index) => [placeOf(signature.span), index]));
  const signatures = trees.flatMap(({ declarations }) =>
    declarations.flatMap((decl): readonly LintedSignature[] => {
      if (decl.kind !== 'Signature') return [];
      const index = byPlace.get(placeOf(decl.name.span));
      const signature = index === undefined ? undefined : ruleset.signatures[index];
      return index === undefined || !signature ? [] : [{ decl, signature, index }];
    }),
  );
  const { policy: _none, ...bare } = ruleset;
  const linked = lazily(() => link(bare));
  return {
    sources,
    ruleset,
    symbols,
    trees,
    signatures,
    quote: (span) => quoted(span, fileText(sources, span.file)),
    written: writtenIn((file) => treeOf(sources, file)[0]?.declarations ?? []),
    readsParameter: parameterReader(sources, symbols),
    linked,
    cost: lazily(() => rulesetCost(linked())),
    proofs: lazily(() => analyse(linked())),
    workshop: lazily(() => {
      const formulas = ruleset.signatures.map(({ when }) => when);
      return workshop(ruleset.layouts, formulas);
    }),
  };
}

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
