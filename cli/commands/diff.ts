/** `sigward diff OLD NEW`: what becomes different where one ruleset takes the place of another. */
import { type Command, Option } from 'commander';
import { type Direction, diffRulesets, isSame, type SignatureDiff } from '../../compiler/diff/diff.js';
import { packetText } from '../../compiler/witness/packet-text.js';
import type { Layout } from '../../compiler/logic/layout.js';
import type { Witness } from '../../compiler/witness/witness.js';
import { isClean } from '../../grammar/diagnostic.js';
import { printable } from '../../runtime/output/text.js';
import { loadRunnable, type Runnable } from '../load-runnable.js';
import { isArtefact } from '../paths.js';
import { type Paint, painter } from '../render.js';
import type { SiteOptions } from '../settings.js';
import { configOption, modulesOption, setOption } from '../site-options.js';
import { printDiagnostics } from './check.js';
import { packetJson } from './witness-json.js';
import { hexDump } from './witness-text.js';

interface DiffOptions extends SiteOptions {
  readonly format: 'text' | 'json';
}

/** Declares the command; `done` gets its exit status. */
export function addDiff(program: Command, done: (status: number) => void): void {
  const diff = program
    .command('diff')
    .description('say what changes in meaning between two rulesets, with packets that show it')
    .argument('<old>', 'a .sig file, a folder that holds some, or what `sigward compile` made of them')
    .argument('<new>', 'the same, as it is to be')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption())
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .action((old: string, now: string, options: DiffOptions) => {
      const option = options.set ? '--set' : options.config === undefined ? undefined : '--config';
      if (option && isArtefact(old) && isArtefact(now)) {
        diff.error(`error: ${option} goes with rules: .sigc files have the values that they were compiled with`);
      }
      done(diffCommand(old, now, options));
    });
}

/** Exit status 0 where every signature is there in both and is proved to match and do the same; 1 where not, or one has errors. */
function diffCommand(old: string, now: string, options: DiffOptions): number {
  const [before, after] = [load(old, options), load(now, options)];
  for (const side of [before, after]) printDiagnostics(side);
  if (!isClean(before.diagnostics) || !isClean(after.diagnostics)) return 1;
  const diffs: SignatureDiff[] = [];
  const context = { before, after, paint: painter(process.stdout) };
  for (const diff of diffRulesets(before.ruleset, after.ruleset)) {
    diffs.push(diff);
    if (options.format === 'text') process.stdout.write(diffText(diff, context));
  }
  process.stdout.write(
    options.format === 'text' ? summary(diffs) : `${JSON.stringify(toJson(diffs, context), undefined, 2)}\n`,
  );
  return diffs.every(isSame) ? 0 : 1;
}

/** A site's settings are for rules; an artefact has had its own. */
function load(path: string, options: SiteOptions): Runnable {
  return loadRunnable([path], isArtefact(path) ? {} : options, false);
}

interface Context {
  readonly before: Runnable;
  readonly after: Runnable;
  readonly paint: Paint;
}

// For people -----------------------------------------------------------------------------------------------------------

/** Nothing where nothing changed. */
function diffText(diff: SignatureDiff, context: Context): string {
  const { before, after, paint } = context;
  if (diff.kind !== 'kept') {
    const { name, span } = diff.signature;
    const side = diff.kind === 'added' ? after : before;
    const [sign, colour] = diff.kind === 'added' ? (['+', 'green'] as const) : (['-', 'red'] as const);
    return `${paint(colour, `${sign} ${name}`)} ${paint('dim', `${span.file}:${side.lineOf(span)}`)}\n\n`;
  }
  const meaning = meaningLines(diff, context);
  if (meaning.length === 0 && diff.changes.length === 0) return '';
  const { name, span } = diff.new;
  const head = `${paint('yellow', `~ ${name}`)} ${paint('dim', `${span.file}:${after.lineOf(span)}`)}`;
  const changes = diff.changes.map(({ key, from, to }) => `  ${key}: ${said(from)} → ${said(to)}`);
  return `${[head, ...changes, ...meaning].join('\n')}\n\n`;
}

function said(text: string): string {
  return text === '' ? 'none' : printable(text);
}

function meaningLines({ meaning }: Extract<SignatureDiff, { kind: 'kept' }>, { before, after }: Context): string[] {
  switch (meaning.kind) {
    case 'same':
      return meaning.isRewritten ? ['  when: written differently, and proved to mean the same'] : [];
    case 'open':
      return ['  when: neither proved to mean the same, nor a packet found that tells them apart'];
    case 'different':
      return [
        ...directionLines('matched before, and not now', meaning.lost, before.ruleset.layouts),
        ...directionLines('matches now, and did not before', meaning.gained, after.ruleset.layouts),
      ];
  }
}

function directionLines(what: string, { witness, isNone }: Direction, layouts: readonly Layout[]): string[] {
  if (!witness) return [isNone ? `  nothing ${what}: that is proved` : `  no packet was found that ${what}`];
  return [`  a packet that ${what}:`, ...packetLines(witness, layouts)];
}

function packetLines(witness: Witness, layouts: readonly Layout[]): string[] {
  const { bytes, wireLength } = witness.packet;
  const text = packetText(witness, layouts);
  const cut = wireLength > bytes.length ? [`cut off: ${bytes.length} of ${wireLength} bytes were kept`] : [];
  return [...(text === undefined ? [] : [printable(text)]), ...cut, ...hexDump(bytes)].map((line) => `    ${line}`);
}

function summary(diffs: readonly SignatureDiff[]): string {
  const count = (isSo: (diff: SignatureDiff) => boolean): number => diffs.filter(isSo).length;
  const is = (kind: 'different' | 'open') => (diff: SignatureDiff) =>
    diff.kind === 'kept' && diff.meaning.kind === kind;
  const does = (diff: SignatureDiff): boolean => diff.kind === 'kept' && diff.changes.some((change) => !change.isWords);
  const parts = [
    `${count((diff) => diff.kind === 'added')} added`,
    `${count((diff) => diff.kind === 'removed')} removed`,
    `${count(is('different'))} match other packets`,
    `${count(does)} do something else`,
    `${count(is('open'))} neither proved the same nor told apart`,
    `${count(isSame)} the same`,
  ];
  return `${parts.join(', ')}\n`;
}

// For programs ---------------------------------------------------------------------------------------------------------

function toJson(diffs: readonly SignatureDiff[], context: Context): Record<string, unknown> {
  return { same: diffs.every(isSame), signatures: diffs.map((diff) => diffJson(diff, context)) };
}

function diffJson(diff: SignatureDiff, { before, after }: Context): Record<string, unknown> {
  if (diff.kind !== 'kept') return { name: diff.signature.name, id: diff.signature.id, change: diff.kind };
  const { meaning } = diff;
  return {
    name: diff.new.name,
    id: diff.new.id,
    change: isSame(diff) && diff.changes.length === 0 ? 'none' : 'changed',
    changes: diff.changes.map(({ key, from, to }) => ({ key, from, to })),
    meaning: meaning.kind,
    ...(meaning.kind === 'same' && { proved: meaning.isProved ? 'by diagrams' : 'by its form' }),
    ...(meaning.kind === 'different' && {
      lost: directionJson(meaning.lost, before.ruleset.layouts),
      gained: directionJson(meaning.gained, after.ruleset.layouts),
    }),
  };
}

function directionJson({ witness, isNone }: Direction, layouts: readonly Layout[]): Record<string, unknown> {
  return witness ? packetJson(witness, { layouts }) : { proved_none: isNone };
}
