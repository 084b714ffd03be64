import { dissect } from '../../compiler/explain/dissect.js';
import { wordsOf } from '../../compiler/explain/words.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { link } from '../../compiler/link/link.js';
import { buildTree } from '../../compiler/tree/build.js';
import { isClean, report, type Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { Problem } from '../../runtime/problem.js';
import { unknownLink } from '../diagnostics.js';
import { loadRunnable, type Runnable } from '../load-runnable.js';
import { painter } from '../render.js';
import type { SiteOptions } from '../settings.js';
import type { PolicyOptions } from '../site-options.js';
import { printDiagnostics } from './check.js';
import { explainCost } from './explain-cost.js';
import { counter } from './explain-counts.js';
import { noSuchSignature, otherRuleset } from './explain-diagnostics.js';
import { explainPacket } from './explain-packet.js';
import { type Subject, type SubjectOptions, subjectOf } from './explain-subject.js';
import { explainTree, type TreeFormat } from './explain-tree.js';
import { knownLinks } from './known-links.js';

export interface ExplainOptions extends SubjectOptions, SiteOptions, PolicyOptions {
  readonly format?: TreeFormat;
  readonly depth?: number;
  readonly all?: boolean;
  readonly cost?: boolean;
  readonly signature?: readonly string[];
}

/** `sigward explain RULES…`: the decision tree, or what it costs; with a packet, why each signature matches it or does not. */
export async function explainCommand(paths: readonly string[], options: ExplainOptions): Promise<number> {
  const loaded = loadRunnable(paths, options, options.policy);
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  const { ruleset } = loaded;
  const only = options.signature?.map((name) => indexOf(name, ruleset));
  const subject = isOfPacket(options)
    ? await subjectOf(options, { engine: loadEngine(ruleset), counter: counter(ruleset) })
    : undefined;
  if (subject) warnOfOtherRules(subject, options.eve ?? '', loaded);
  process.stdout.write(await textOf(loaded, options, subject, only));
  return 0;
}

function isOfPacket({ pcap, hex, eve }: ExplainOptions): boolean {
  return pcap !== undefined || hex !== undefined || eve !== undefined;
}

async function textOf(
  { ruleset, texts, lineOf }: Runnable,
  options: ExplainOptions,
  subject: Subject | undefined,
  only: readonly number[] | undefined,
): Promise<string> {
  const placeOf = placesOf(ruleset, lineOf);
  const linked = link(ruleset);
  const shared = {
    tree: buildTree(linked),
    words: wordsOf(ruleset, (file) => texts.get(file)),
    width: process.stdout.columns || WIDTH,
    paint: painter(process.stdout),
  };
  if (!subject) {
    const { format = 'text', depth, cost } = options;
    const explained = { ...shared, ruleset, placeOf, only: only && new Set(only) };
    if (cost) return explainCost({ ...explained, format: format === 'json' ? 'json' : 'text' });
    const { signatures } = ruleset;
    return await explainTree({ ...explained, signatures, format, depth });
  }
  const dissection = dissect(subject.packet, ruleset);
  if (!dissection.first) {
    const path = options.pcap ?? options.eve ?? '--hex';
    throw Problem.of(unknownLink, { path, link: subject.packet.link, known: knownLinks(ruleset) });
  }
  const { all = false } = options;
  return explainPacket({ ...shared, ruleset, linked, subject, dissection, placeOf: (s) => placeOf(s.span), all, only });
}

/** Columns where the output is no terminal. */
const WIDTH = 120;

/** The file and line of each signature, found in one go: a large ruleset has tens of thousands. */
function placesOf({ signatures }: Ruleset, lineOf: Runnable['lineOf']): (span: Span) => string {
  const places = new Map<Span, string>();
  for (const { span } of signatures) places.set(span, `${span.file}:${lineOf(span)}`);
  return (span) => places.get(span) ?? span.file;
}

function indexOf(name: string, { signatures }: Ruleset): number {
  const index = signatures.findIndex((s) => s.name === name);
  if (index >= 0) return index;
  const near = didYouMean(
    name,
    signatures.map((s) => s.name),
  );
  throw Problem.of(noSuchSignature, { name, near });
}

function warnOfOtherRules({ alert }: Subject, path: string, { hash }: Runnable): void {
  if (alert?.ruleset === undefined || alert.ruleset === hash()) return;
  const warning = report(otherRuleset, { path, line: alert.line });
  printDiagnostics({ diagnostics: [warning], texts: new Map() });
}
