/** What a sigward that runs answers, for people. */
import type { ModulesReport, OrderReport, StatsReport, StatusReport } from '../../runtime/control/reports.js';
import { FAILURES } from '../../runtime/failure.js';
import { bytes, number, quantity } from '../../runtime/output/figures.js';
import { column, printable, table } from '../../runtime/output/text.js';
import { type Paint, plural } from '../render.js';

/** What is to be known before a word about packets that were dropped is read. */
const DRY_RUN = 'watching only (--dry-run): packets go on whatever the rules say of them';

/** The answer to `status`. */
export function statusText(report: StatusReport): string {
  const {
    generation,
    ruleset,
    since,
    closed,
    logStalled,
    dryRun,
    queues,
    policy,
    policies,
    files,
    modules,
    signatures,
    verified,
  } = report;
  const others = policies.filter((name) => name !== policy);
  const rest = others.length > 0 ? ` (there is also ${others.join(', ')})` : '';
  return lines([
    `ruleset ${generation} since ${new Date(since).toISOString()}`,
    `  ${plural(signatures, 'signature')} of ${plural(files, 'file')}, ${plural(modules, 'module')}; ${ruleset}`,
    `  policy: ${policy ?? 'none'}${rest}`,
    `  ${verified}`,
    dryRun === true && DRY_RUN,
    closed !== undefined && `everything ${dryRun ? 'would be' : 'is'} dropped, because of ${closed}`,
    logStalled === true && 'the alert log takes nothing: alerts wait, then are lost',
    ...queues.map(({ queue, state, pid, generation: by, deaths }) => {
      const judging = state === 'judging' && by !== undefined ? `judging by ruleset ${by}` : state;
      const died = deaths > 0 ? `, ${quantity(deaths, 'process', 'processes')} of it ended unasked` : '';
      return `queue ${queue}: ${judging}${pid === undefined ? '' : ` (process ${pid})`}${died}`;
    }),
  ]);
}

/** Columns of a table; the last one of it, paths, is cut. */
const WIDTH = 160;

/** The answer to `modules`. */
export function modulesText({ policy, modules, files, removed, directory }: ModulesReport): string {
  const cells = (of: (module: ModulesReport['modules'][number]) => string): string[] => modules.map(of).map(printable);
  return lines([
    table(
      [
        column(
          'module',
          'left',
          cells(({ name }) => name),
        ),
        column(
          'in',
          'left',
          cells(({ parent }) => parent ?? ''),
        ),
        column(
          'signatures',
          'right',
          cells(({ signatures }) => number(signatures)),
        ),
        column(
          policy === null ? 'reached' : `under ${policy}`,
          'left',
          cells(({ chained }) => (chained ? 'yes' : 'no')),
        ),
        column(
          'file',
          'left',
          cells(({ file }) => file),
        ),
      ],
      WIDTH,
    ),
    '',
    ...files.map(({ path, imported }) => `${printable(path)}${imported ? ' (imported)' : ''}`),
    removed.modules.length > 0 && `taken out: ${removed.modules.join(', ')}`,
    removed.files.length > 0 && `left out of their folders: ${removed.files.join(', ')}`,
    directory !== null && `modules are looked for in ${directory}`,
  ]);
}

/** The answer to an order that was carried out. */
export function orderText(report: OrderReport, paint: Paint): string {
  const { generation, policy, signatures, milliseconds, steps, queues, modules, loaded, verified, difference } = report;
  const gap = Math.max(0, ...queues.map(({ gapMicroseconds }) => gapMicroseconds));
  const head = `ruleset ${generation} is in use: ${plural(signatures, 'signature')}, ${policy === null ? 'no policy' : `policy ${policy}`}`;
  return lines([
    paint(['bold', 'green'], head),
    `  ${milliseconds.toFixed(0)} ms: ${steps.map((step) => `${step.name} ${step.milliseconds.toFixed(0)}`).join(', ')}`,
    `  between two batches at most ${number(Math.round(gap))} µs, in ${plural(queues.length, 'queue')}`,
    `  modules: ${fates(modules)}`,
    loaded.length > 0 && `  brought in: ${loaded.join(', ')}`,
    `  ${verified}`,
    ...(report.text === '' ? [] : [report.text.trimEnd()]),
    ...changes(difference),
  ]);
}

/** Names that are told of each kind. */
const MOST_NAMES = 5;

function fates(modules: OrderReport['modules']): string {
  const parts = (['changed', 'added', 'gone'] as const).flatMap((kind) => {
    const names = modules[kind];
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    return names.length === 0 ? [] : [`${kind} ${names.slice(0, MOST_NAMES).join(', ')}${more}`];
  });
  return [...parts, `${modules.unchanged.length} as they were`].join('; ');
}

function changes(difference: OrderReport['difference']): string[] {
  if (!difference) return ['  what becomes different could not be found out'];
  const skipped = difference.skipped > 0 ? `; there was no time for ${number(difference.skipped)}` : '';
  const text = difference.text.trimEnd();
  return [...(text === '' ? [] : ['', text]), '', `signatures: ${difference.summary}${skipped}`];
}

/** Signatures that are listed; those with most matches. */
const MOST_SIGNATURES = 20;

/** The answer to `stats`. */
export function statsText(counters: StatsReport): string {
  const {
    packets,
    bytes: size,
    verdicts,
    uncovered,
    outside,
    alerts,
    alertsLost,
    linesLost,
    kernel,
    deaths,
    signatures,
    moreSignatures,
    dryRun,
  } = counters;
  const listed = signatures.slice(0, MOST_SIGNATURES);
  const more = signatures.length - listed.length + moreSignatures;
  return lines([
    dryRun === true && DRY_RUN,
    `${quantity(packets, 'packet', 'packets')}, ${bytes(size)}: ${words(verdicts)}`,
    uncovered + outside > 0 &&
      `not covered by the policy: ${number(uncovered + outside)}, of which ${number(outside)} entered no queue`,
    `${quantity(alerts, 'alert', 'alerts')}; lost ${number(alertsLost)}, and ${quantity(linesLost, 'line', 'lines')} of the log`,
    kernel && `the kernel gave ${number(kernel.packets)} to the queues and dropped ${number(kernel.drops)}`,
    deaths > 0 && `${quantity(deaths, 'process', 'processes')} of packets ended unasked`,
    counters.restored > 0 &&
      `rules of iptables that somebody had taken away were put in again, ${number(counters.restored)} times`,
    ...FAILURES.flatMap((failure) => {
      const count = counters.failures[failure];
      return count > 0 ? [`${failure}: ${quantity(count, 'packet', 'packets')}`] : [];
    }),
    ...listed.map(({ name, module, matches, blocked }) => {
      const place = module === undefined ? '' : ` (${module})`;
      return `${name}${place}: ${quantity(matches, 'match', 'matches')}, ${number(blocked)} blocked`;
    }),
    more > 0 && `and ${quantity(more, 'more signature', 'more signatures')}`,
  ]);
}

/** What was left out of an answer that had no room for all. */
export function cutText(cut: Readonly<Record<string, number>>): string {
  const parts = Object.entries(cut).map(([path, count]) => `${number(count)} of \`${path}\``);
  return `left out, as the answer has no room for all: ${parts.join(', ')}\n`;
}

function words(verdicts: StatsReport['verdicts']): string {
  const said = Object.entries(verdicts).flatMap(([name, count]) => (count > 0 ? [`${name} ${number(count)}`] : []));
  return said.join(', ') || 'none judged';
}

function lines(all: readonly (string | false | undefined)[]): string {
  return all.map((line) => (typeof line === 'string' ? `${line}\n` : '')).join('');
}
