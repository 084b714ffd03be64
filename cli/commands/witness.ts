/** `sigward witness`: packets that match a signature, and for each part of its condition one that fails only there. */
import { type Command, Option } from 'commander';
import { wordsOf } from '../../compiler/explain/words.js';
import { proverFor } from '../../compiler/prove/prover.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { evidenceFor, reachedIn } from '../../compiler/witness/signature.js';
import { witnessFinder } from '../../compiler/witness/witness.js';
import { isClean } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { Problem } from '../../runtime/problem.js';
import { warnedIfEmpty } from '../load.js';
import { loadRunnable, type Runnable, strayBesideArtefact } from '../load-runnable.js';
import { isArtefact } from '../paths.js';
import { painter } from '../render.js';
import type { SiteOptions } from '../settings.js';
import {
  configOption,
  modulesOption,
  noPolicyOption,
  type PolicyOptions,
  policyOption,
  setOption,
} from '../site-options.js';
import { printDiagnostics } from './check.js';
import { noSuchSignature } from './explain-diagnostics.js';
import type { Shown } from './witness-shown.js';
import { refuseCapture, writeCapture } from './witness-capture.js';
import { witnessJson } from './witness-json.js';
import { testWriter } from './witness-test.js';
import { witnessText } from './witness-text.js';

interface WitnessOptions extends SiteOptions, PolicyOptions {
  readonly format?: 'text' | 'json';
  /** Write a `test` declaration for each signature. */
  readonly test?: boolean;
  readonly pcap?: string;
}

/** Declares the command; `done` gets its exit status. */
export function addWitness(program: Command, done: (status: number) => void): void {
  const witness = program
    .command('witness')
    .description('show a packet that a signature matches, and for each part of its condition one that fails only there')
    .argument('<rules>', 'a .sig file, a folder that holds some, or what `sigward compile` made of them')
    .argument('[signature]', 'the name of one, or its id; else all')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption())
    .addOption(policyOption())
    .addOption(noPolicyOption())
    .addOption(new Option('--format <format>', 'how to say it: text (default) or json').choices(['text', 'json']))
    .addOption(new Option('--test', 'as tests, ready to paste into the rule file').conflicts('format'))
    .option('--pcap <file>', 'write the packets to a capture, too: .pcapng says in comments what each is')
    .action((rules: string, signature: string | undefined, options: WitnessOptions) => {
      const stray = strayBesideArtefact([rules], options);
      if (stray !== undefined) witness.error(`error: ${stray}`);
      if (options.test && isArtefact(rules)) witness.error('error: --test goes with rules: tests stand in .sig files');
      done(witnessCommand(rules, signature, options));
    });
}

/** Exit status 1 where the rules have errors, or for some signature no packet was found. */
function witnessCommand(path: string, name: string | undefined, options: WitnessOptions): number {
  const loaded = warnedIfEmpty(loadRunnable([path], options, options.policy));
  const { ruleset } = loaded;
  if (options.pcap !== undefined) refuseCapture(options.pcap, loaded.reached);
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  const chosen = name === undefined ? [...ruleset.signatures.keys()] : [indexOf(name, ruleset)];
  const linked = link(ruleset);
  const finder = witnessFinder(ruleset.layouts);
  const prover = proverFor(ruleset.layouts);
  const print = printerFor(loaded, options);
  const shown: Shown[] = [];
  for (const index of chosen) {
    const reached = reachedIn(ruleset, linked, index);
    const one = { signature: reached.own, evidence: evidenceFor(reached, finder, prover) };
    shown.push(one);
    if (options.pcap === undefined) print.one(one);
  }
  // That it cannot be written, because its packets have several link types, is said before anything else is.
  if (options.pcap !== undefined) {
    writeCapture(options.pcap, shown, wordsFor(loaded), ruleset);
    shown.forEach(print.one);
  }
  print.end(shown);
  return shown.every(({ evidence }) => evidence.witness) ? 0 : 1;
}

/** By name, or by id. */
function indexOf(name: string, { signatures }: Ruleset): number {
  const named = signatures.findIndex((s) => s.name === name);
  const found = named >= 0 ? named : signatures.findIndex((s) => s.id !== 0 && String(s.id) === name);
  if (found >= 0) return found;
  const names = signatures.map((s) => s.name);
  throw Problem.of(noSuchSignature, { name, near: didYouMean(name, names) });
}

function wordsFor({ ruleset, texts }: Runnable): ReturnType<typeof wordsOf> {
  return wordsOf(ruleset, (file) => texts.get(file));
}

interface Printer {
  readonly one: (shown: Shown) => void;
  readonly end: (all: readonly Shown[]) => void;
}

/** Text as soon as there is some: there may be thousands. */
function printerFor(loaded: Runnable, { format, test }: WitnessOptions): Printer {
  const words = wordsFor(loaded);
  const { ruleset, lineOf } = loaded;
  const write = (text: string): void => void process.stdout.write(text);
  if (format === 'json') {
    const end = (all: readonly Shown[]): void =>
      write(`${JSON.stringify(witnessJson(all, words, ruleset), undefined, 2)}\n`);
    return { one: () => undefined, end };
  }
  if (test) {
    const textOf = testWriter(loaded, words);
    return { one: (shown) => write(`${textOf(shown)}\n`), end: () => undefined };
  }
  const context = { words, rules: ruleset, layouts: ruleset.layouts, paint: painter(process.stdout), lineOf };
  return { one: (shown) => write(`${witnessText(shown, context)}\n`), end: () => undefined };
}
