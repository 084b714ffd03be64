/** Rules for commands that take them as text and compiled. */
import { encodeUnder } from '../compiler/artefact/artefact.js';
import type { SourceLines } from '../compiler/artefact/logic.js';
import { compileModule } from '../compiler/backend/wasm/compile.js';
import type { Kept } from '../compiler/check/kept.js';
import { link } from '../compiler/link/link.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { type Diagnostic, isClean, type Span } from '../grammar/diagnostic.js';
import { positionOf } from '../grammar/position.js';
import { Problem } from '../runtime/problem.js';
import { rulesetHash } from '../runtime/output/ruleset-hash.js';
import { artefactOf } from './artefact-of.js';
import { type Loaded, loadRules, type LoadOptions } from './load.js';
import { sha256 } from '../runtime/sha256.js';
import { isArtefact } from './paths.js';
import { type PolicyChoice, underPolicy } from './policy.js';
import { diskNow } from './disk.js';
import type { SiteOptions } from './settings.js';
import { withoutRemoved } from './removed.js';
import { loadTrusted, readTrust, type Trust } from './trust.js';
import { textUntrusted } from './trust-diagnostics.js';

/** A ruleset, whether it was compiled before or just now. */
export interface Runnable {
  readonly ruleset: Ruleset;
  /** The same with the modules that were left out. */
  readonly whole: Ruleset;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of rule files; none of them where the ruleset was compiled before. */
  readonly texts: ReadonlyMap<string, string>;
  /** By file: it, and all that it imports; nothing where the ruleset was compiled before. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every file that was read, by its name. */
  readonly reached: readonly string[];
  /** What alerts call the ruleset. */
  readonly hash: () => string;
  /** The line, from 1, on which a span begins. */
  readonly lineOf: (span: Span) => number;
  /** What the engine runs, where it was compiled before. */
  readonly code?: Uint8Array<ArrayBuffer>;
  /** What was read, where that was text. */
  readonly loaded?: Loaded;
  /** What was read, where that was compiled. */
  readonly read?: Uint8Array;
  /** It as an artefact; there is one where there is no error. Where it was compiled before: the very bytes that were read. */
  readonly artefact: () => Uint8Array;
}

/** Why the command line makes no sense where one of the paths is an artefact. */
export function strayBesideArtefact(paths: readonly string[], { set, config }: SiteOptions): string | undefined {
  if (!paths.some(isArtefact)) return undefined;
  if (paths.length > 1) return 'a .sigc file stands alone: it holds all that it was compiled from';
  const option = set ? '--set' : config === undefined ? undefined : '--config';
  return option && `${option} goes with rules: a .sigc file has the values that it was compiled with`;
}

export interface RunnableOptions extends LoadOptions {
  /** Paths of public keys. */
  readonly trust?: readonly string[];
  /** Modules that are left out. */
  readonly removed?: readonly string[];
  /** What was checked before. */
  readonly before?: Kept;
}

/**
 * Reads rules, or the one artefact that is named; throws a `Problem` where that cannot be read. Where keys are trusted (paths of public ones), what
 * none of them has signed is refused, and so is text, which nobody can sign. Where nothing is said of a policy (`undefined`) the only one that is
 * declared is in force; an artefact keeps the one that it was compiled with.
 */
export function loadRunnable(paths: readonly string[], options: RunnableOptions, policy: PolicyChoice): Runnable {
  const [path = ''] = paths;
  const { removed = [], before } = options;
  const trust = readTrust(options.trust);
  if (isArtefact(path)) return fromArtefact(path, trust, options, policy);
  if (trust) throw Problem.of(textUntrusted, { path });
  const loaded = loadRules(paths, options, before && { before });
  const { diagnostics, texts, reach, reached } = loaded;
  const whole = isClean(diagnostics) ? underPolicy(loaded.ruleset, policy) : loaded.ruleset;
  const ruleset = isClean(diagnostics) ? withoutRemoved(whole, removed) : whole;
  const hash = (): string => rulesetHash(ruleset);
  const lineOf = ({ file, start }: Span): number => positionOf(texts.get(file) ?? '', start).line;
  const artefact = (): Uint8Array => artefactOf({ ...loaded, ruleset }, path);
  return { ruleset, whole, diagnostics, texts, reach, reached, hash, lineOf, loaded, artefact };
}

function fromArtefact(
  path: string,
  trust: Trust,
  { disk = diskNow(), removed = [] }: RunnableOptions,
  choice: PolicyChoice,
): Runnable {
  const bytes = disk.artefact(path);
  const read = loadTrusted(bytes, trust, path);
  const { manifest, lines } = read;
  const starts = new Map(lines.map((source) => [source.name, source]));
  const lineOf = ({ file, start }: Span): number => lineIn(starts.get(file), start);
  const none = { diagnostics: [], texts: new Map(), reach: new Map() };
  // What was decided when it was compiled holds until somebody says otherwise.
  const isDecided = choice === undefined && read.ruleset.policy !== undefined;
  const whole = isDecided ? read.ruleset : underPolicy(read.ruleset, choice);
  const ruleset = withoutRemoved(whole, removed);
  const shared = { ...none, whole, reached: [path], lineOf, read: bytes };
  const hash = (): string => (ruleset === whole ? manifest.ruleset : rulesetHash(ruleset));
  if (ruleset.policy === read.ruleset.policy && ruleset === whole)
    return { ...shared, ruleset, hash, code: read.code, artefact: () => bytes };
  const artefact = (): Uint8Array => {
    const rest = { ...read, ruleset, manifest: { ...manifest, ruleset: hash() } };
    return encodeUnder(rest, ruleset.policy, compileModule(link(ruleset)), sha256);
  };
  return { ...shared, ruleset, hash, artefact };
}

function lineIn(source: SourceLines | undefined, offset: number): number {
  const starts = source?.starts ?? [];
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
