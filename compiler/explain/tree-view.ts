/** A decision tree in the author's words, as plain data: what text, DOT and JSON are made of. */
import type { Span } from '../../grammar/diagnostic.js';
import { type IntSet, setHas } from '../logic/set.js';
import type { Value } from '../logic/value.js';
import type { Signature } from '../ruleset.js';
import type { Candidate, Node, Question, Search, Tree } from '../tree/tree.js';
import { countText } from './count-text.js';
import { candidatesOf } from './path.js';
import { partOf } from './tree-part.js';
import { bytesText, literalText, windowText, type Words } from './words.js';

export interface TreeView {
  readonly signatures: number;
  readonly questions: readonly string[];
  /** Places where a signature is decided; more than there are signatures where some stand on several edges. */
  readonly candidates: number;
  readonly nodes: number;
  readonly root: NodeView;
}

export interface NodeView {
  readonly candidates: readonly CandidateView[];
  readonly searches: readonly SearchView[];
  readonly branches: readonly BranchView[];
  /** What was left out because the node lies too deep, or it has too many signatures. */
  readonly hidden?: { readonly candidates: number; readonly edges: number };
}

export interface CandidateView {
  readonly signature: string;
  /** `rules/web.sig:31` */
  readonly place: string;
  /** What is still to be decided; `true` where nothing is. */
  readonly residual: string;
  /** `count by ip.src > 20 per 10s`, which is decided after the condition. */
  readonly count?: string;
}

export interface SearchView {
  readonly bytes: string;
  readonly method: Search['method'];
  /** Why this one. */
  readonly why: string;
  readonly literals: number;
  /** Who waits, and for which literals: one of them has to be found for the rest of the condition to be looked at. */
  readonly candidates: readonly (CandidateView & { readonly literals: readonly string[] })[];
  /** Signatures that are left out. */
  readonly hidden?: number;
}

export interface BranchView {
  readonly question: string;
  readonly edges: readonly { readonly answers: string; readonly node: NodeView }[];
  /** Edges that are left out. */
  readonly hidden?: number;
}

export interface ViewOptions {
  readonly words: Words;
  readonly signatures: readonly Signature[];
  /** The file and line of a stretch of text. */
  readonly placeOf: (span: Span) => string;
  /** Levels below the root that are shown. */
  readonly depth: number;
  /** Signatures of one node, or of one of its searches, that are shown. */
  readonly most: number;
  /** Edges of one branch that are shown. */
  readonly mostEdges: number;
  /** Only what leads to the signatures at these indices; undefined: everything. */
  readonly only?: ReadonlySet<number> | undefined;
}

/** Describes a tree. */
export function viewOf(whole: Tree, options: ViewOptions): TreeView {
  const tree = options.only ? partOf(whole, options.only) : whole;
  const all = nodesOf(tree.root);
  const asked = new Set(all.flatMap((node) => node.branches.map((branch) => branch.question)));
  return {
    signatures: options.only?.size ?? options.signatures.length,
    questions: tree.questions
      .filter((_, index) => asked.has(index))
      .map((question) => questionText(question, options.words)),
    candidates: all.reduce((sum, node) => sum + candidatesOf(node).length, 0),
    nodes: all.length,
    root: nodeView(tree.root, tree.questions, options.depth, options),
  };
}

function nodesOf(node: Node): Node[] {
  return [node, ...node.branches.flatMap((b) => b.edges.flatMap((edge) => nodesOf(edge.node)))];
}

function nodeView(node: Node, questions: readonly Question[], depth: number, options: ViewOptions): NodeView {
  if (depth < 0 && !isSingle(node)) {
    const below = nodesOf(node);
    const edges = below.length - 1;
    const candidates = below.reduce((sum, n) => sum + candidatesOf(n).length, 0);
    return { candidates: [], searches: [], branches: [], hidden: { candidates, edges } };
  }
  const { most, mostEdges, words } = options;
  const branches = node.branches.flatMap(({ question: index, edges }): BranchView[] => {
    const question = questions[index];
    if (!question) return [];
    const shown = edges.slice(0, mostEdges).map((edge) => ({
      answers: answersText(edge.answers, question, words),
      node: nodeView(edge.node, questions, depth - 1, options),
    }));
    const hidden = edges.length - shown.length;
    return [{ question: questionText(question, words), edges: shown, ...(hidden > 0 && { hidden }) }];
  });
  const hidden = node.candidates.length - most;
  return {
    candidates: node.candidates.slice(0, most).map((c) => candidateView(c, options)),
    searches: node.searches.map((search) => searchView(search, options)),
    branches,
    ...(hidden > 0 && { hidden: { candidates: hidden, edges: 0 } }),
  };
}

/** One signature takes no more room than the words that it is left out. */
function isSingle({ candidates, searches, branches }: Node): boolean {
  return candidates.length === 1 && searches.length === 0 && branches.length === 0;
}

function candidateView({ signature: index, residual }: Candidate, options: ViewOptions): CandidateView {
  const signature = options.signatures[index];
  return {
    signature: signature?.name ?? '?',
    place: signature ? options.placeOf(signature.span) : '?',
    residual: options.words.about(residual).formula(residual),
    ...(signature?.count && { count: countText(signature.count, options.words) }),
  };
}

function searchView({ bytes, method, needles }: Search, options: ViewOptions): SearchView {
  const { words, most } = options;
  const waiting = new Map<Candidate, string[]>();
  for (const { literal, candidates } of needles) {
    const text = `${literalText(literal)}${windowText({ literal }, words)}`;
    for (const candidate of candidates) waiting.set(candidate, [...(waiting.get(candidate) ?? []), text]);
  }
  const all = [...waiting];
  return {
    bytes: words.bytes(bytes),
    method,
    why: reasonFor(method, needles.length),
    literals: needles.length,
    candidates: all.slice(0, most).map(([c, literals]) => ({ ...candidateView(c, options), literals })),
    ...(all.length > most && { hidden: all.length - most }),
  };
}

function reasonFor(method: Search['method'], literals: number): string {
  if (method === 'aho-corasick') return `Aho–Corasick: ${literals} literals in one pass`;
  return literals === 1 ? 'Boyer–Moore: one literal' : `Boyer–Moore: ${literals} literals, one pass each`;
}

/** `tcp.dst_port`, `tcp`, `payload, bytes 0–3`. */
export function questionText(question: Question, words: Words): string {
  if (question.kind === 'Header') return words.header(question.header);
  if (question.kind === 'Switch') return words.about(question.formula).formula(question.formula);
  const { value } = question;
  if (value.kind !== 'Read' || value.position.kind !== 'Constant' || value.little) return words.value(value);
  const { value: first } = value.position;
  const last = first + BigInt(value.size) - 1n;
  return `${words.bytes(value.bytes)}, ${value.size === 1 ? `byte ${first}` : `bytes ${first}–${last}`}`;
}

/** The answers of an edge: `{ 80, 8080 }`, `10.0.0.0/8`, `there`, `yes`. */
export function answersText(answers: IntSet, question: Question, words: Words): string {
  if (question.kind === 'Header') return 'there';
  if (question.kind === 'Switch') return setHas(answers, 1n) ? 'yes' : 'no';
  return spelled(answers, question.value) ?? words.set(answers, question.value);
}

/** One answer of a packet. */
export function answerText(answer: bigint | undefined, question: Question, words: Words): string {
  if (question.kind === 'Header') return answer === undefined ? 'not there' : 'there';
  if (answer === undefined) return 'missing';
  if (question.kind === 'Switch') return answer === 1n ? 'yes' : 'no';
  return spelled([{ low: answer, high: answer }], question.value) ?? words.number(answer, question.value);
}

/** More spellings than these are counted. */
const MOST_SPELLINGS = 6;

/** Answers of so many bytes as byte strings: a literal at a fixed position is asked for as a number. */
function spelled(answers: IntSet, value: Value): string | undefined {
  if (value.kind !== 'Read' || value.little || value.size === 1) return undefined;
  const { size } = value;
  // A range is a comparison of numbers; a few neighbours are byte strings that differ in their last byte.
  if (answers.length === 0 || answers.some(({ low, high }) => high - low > 3n)) return undefined;
  const strings = answers.flatMap(({ low, high }) => integers(low, high)).map((n) => bytesOf(n, size));
  const word = eitherCase(strings);
  if (word !== undefined) return word;
  const texts = strings.map((bytes) => bytesText(bytes));
  const shown = texts.slice(0, MOST_SPELLINGS);
  const rest = texts.length - shown.length;
  return texts.length === 1 ? texts[0] : `{ ${[...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')} }`;
}

function integers(low: bigint, high: bigint): bigint[] {
  return Array.from({ length: Number(high - low) + 1 }, (_, i) => low + BigInt(i));
}

function bytesOf(number: bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Number((number >> BigInt(8 * (size - 1 - i))) & 0xffn));
}

/** One word in every case, where that is what they are: `"RETR" nocase`. */
function eitherCase(strings: readonly Uint8Array[]): string | undefined {
  const [first] = strings;
  if (!first || strings.length === 1) return undefined;
  const letters = first.filter(isLetter).length;
  const fold = (bytes: Uint8Array): string => bytes.map((b) => (isLetter(b) ? b & 0xdf : b)).join();
  const isOne = strings.length === 2 ** letters && strings.every((bytes) => fold(bytes) === fold(first));
  return isOne ? literalText({ bytes: first, nocase: true }) : undefined;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}
