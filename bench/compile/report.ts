/** What compiling takes, as a table and charts. */
import { number } from '../../runtime/output/figures.js';
import { lineChart } from '../chart.js';
import { table } from '../table.js';
import type { Stages } from './stages.js';

/** One ruleset; medians of some runs. */
export interface Compilation extends Stages {
  readonly rules: string;
  readonly runs: number;
  /** `sigward compile`, from its start to its end, and the most memory that it had at once. */
  readonly programSeconds: number;
  readonly processorSeconds: number;
  readonly peakBytes: number;
  readonly artefactBytes: number;
}

/** A row a ruleset. */
export function compileTable(rows: readonly Compilation[]): string {
  const head = [
    ...[
      'rules',
      'signatures',
      'runs',
      'check s',
      'tree s',
      'tree and module s',
      'start s',
      'sigward compile s',
      'processor s',
    ],
    ...['peak MB', '.sigc MB', 'code MB', 'engine MB'],
  ];
  const lines = rows.map((row) => [
    row.rules,
    number(row.signatures),
    String(row.runs),
    ...[
      row.checkSeconds,
      row.treeSeconds,
      row.moduleSeconds,
      row.startSeconds,
      row.programSeconds,
      row.processorSeconds,
    ].map((s) => s.toFixed(2)),
    (row.peakBytes / 1e6).toFixed(0),
    ...[row.artefactBytes, row.codeBytes, row.engineBytes].map((bytes) => (bytes / 1e6).toFixed(1)),
  ]);
  return table(head, lines);
}

const X = { label: 'signatures', scale: 'log' } as const;

const TITLES: Readonly<Record<string, string>> = {
  generated: 'signatures as in public rulesets',
  literals: 'signatures of one literal each',
};

/** By name of file: seconds and megabytes by number of signatures. */
export function compileCharts(rows: readonly Compilation[]): ReadonlyMap<string, string> {
  const kinds = [...new Set(rows.map(({ rules }) => rules))];
  const series = (rules: string, value: (row: Compilation) => number) => ({
    points: rows.filter((row) => row.rules === rules).map((row) => [row.signatures, value(row)] as const),
  });
  const charts = new Map<string, string>();
  // A single point is no line.
  for (const rules of kinds.filter((kind) => rows.filter((row) => row.rules === kind).length > 1)) {
    const seconds = [
      { name: 'sigward compile', ...series(rules, (row) => row.programSeconds) },
      { name: 'parse and check', ...series(rules, (row) => row.checkSeconds) },
      { name: 'tree', ...series(rules, (row) => row.treeSeconds) },
      { name: 'tree and module', ...series(rules, (row) => row.moduleSeconds) },
      { name: 'start', ...series(rules, (row) => row.startSeconds) },
    ];
    const memory = [
      { name: 'peak of compiling', ...series(rules, (row) => row.peakBytes / 1e6) },
      { name: 'engine', ...series(rules, (row) => row.engineBytes / 1e6) },
      { name: '.sigc file', ...series(rules, (row) => row.artefactBytes / 1e6) },
    ];
    const y = (label: string) => ({ label, scale: 'log' }) as const;
    const title = `Compiling: ${TITLES[rules] ?? rules}`;
    charts.set(`compile-${rules}-seconds.svg`, lineChart({ title, x: X, y: y('seconds'), series: seconds }));
    charts.set(`compile-${rules}-memory.svg`, lineChart({ title, x: X, y: y('MB'), series: memory }));
  }
  return charts;
}
