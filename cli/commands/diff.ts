/** `sigward diff OLD NEW`: what becomes different where one ruleset takes the place of another. */
import { type Command, Option } from 'commander';
import { diffRulesets, diffUncovered, isSame, type SignatureDiff } from '../../compiler/diff/diff.js';
import { isClean } from '../../grammar/diagnostic.js';
import { loadRunnable, type Runnable } from '../load-runnable.js';
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
import { diffJson, meaningJson } from './diff-json.js';
import { diffSummary, diffText, uncoveredText } from './diff-text.js';

interface DiffOptions extends SiteOptions, PolicyOptions {
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
    .addOption(policyOption())
    .addOption(noPolicyOption())
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .action((old: string, now: string, options: DiffOptions) => {
      const option = options.set ? '--set' : options.config === undefined ? undefined : '--config';
      if (option && isArtefact(old) && isArtefact(now)) {
        diff.error(`error: ${option} goes with rules: .sigc files have the values that they were compiled with`);
      }
      done(diffCommand(old, now, options));
    });
}

/** Exit status 0 where every signature is there in both and is proved to match and do the same, and nothing else is dropped; 1 where not, or one has errors. */
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
  const uncovered = diffUncovered(before.ruleset, after.ruleset);
  const same = diffs.every(isSame) && (!uncovered || uncovered.kind === 'same');
  const json = {
    same,
    signatures: diffs.map((diff) => diffJson(diff, context)),
    ...(uncovered && { uncovered: meaningJson(uncovered, context) }),
  };
  process.stdout.write(
    options.format === 'text'
      ? `${uncoveredText(uncovered, context)}${diffSummary(diffs)}`
      : `${JSON.stringify(json, undefined, 2)}\n`,
  );
  return same ? 0 : 1;
}

/** A site's settings are for rules; an artefact has had its own. */
function load(path: string, { policy, ...options }: SiteOptions & PolicyOptions): Runnable {
  return loadRunnable([path], isArtefact(path) ? {} : options, policy);
}
