/**
 * What an editor waits for in a file of 30,000 signatures: from a change of the text to what is said of it at once. What the change
 * concerns elsewhere is checked afterwards in slices, while the editor is heard; how long all of it takes is shown beside. Then the
 * same through the server, as an editor asks it.
 *
 *     node dist/bench/editor.js
 */
import { readFileSync } from 'node:fs';
import { placeOf } from '../cli/rule-files.js';
import { createWorkspace, type Workspace } from '../editor/service/workspace/workspace.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { type ServerFigures, serverFigures, type Wait } from './editor/server.js';
import { keepFigures } from './results.js';
import { inModules, signatures } from './signatures.js';
import { table } from './table.js';
import { progress, say } from './terminal.js';

const COUNT = 30_000;
const MODULES = 100;
const PRESSES = 20;
const FILE = 'rules.sig';

/** A text that is edited, one change after the other. */
interface Typing {
  readonly workspace: Workspace;
  text: string;
}

interface Row {
  readonly change: string;
  /** Milliseconds until what is said at once is known: half of them, 95 of 100, all. */
  readonly median: number;
  readonly most: number;
  readonly worst: number;
  /** Milliseconds until everything that the last change concerned had been checked again. */
  readonly rest: number;
}

/** What was measured of one text. */
interface Figures {
  readonly openedMs: number;
  readonly checkedMs: number;
  readonly heapMb: number;
  readonly rows: readonly Row[];
  readonly server: ServerFigures;
}

/** Measures, prints the tables and keeps the figures. */
export async function editorBench(): Promise<void> {
  const text = signatures(COUNT);
  const flat = await figuresOf('signatures', text, CHANGES);
  const modular = await figuresOf(`signatures in ${MODULES} modules`, inModules(text, MODULES), MODULE_CHANGES);
  say(`\nkept: ${keepFigures('editor', { signatures: COUNT, ...flat, inModules: { modules: MODULES, ...modular } })}`);
}

async function figuresOf(what: string, text: string, changes: Changes): Promise<Figures> {
  const typing: Typing = { workspace: createWorkspace({ read, readList: () => NOT_THERE }), text };
  const [openedMs, checkedMs] = [milliseconds(() => show(typing)), milliseconds(() => finish(typing))];
  const rows = changes.map(([name, change]) => measured(typing, name, change));
  const heapMb = memory();
  say(
    `${number(COUNT)} ${what} opened: ${number(Math.round(openedMs))} ms, checked in slices: ${number(Math.round(checkedMs))} ms; heap ${heapMb} MB`,
  );
  say(table(['milliseconds from the change to what is said', 'median', '95 %', 'worst', 'the rest'], rows.map(cells)));
  const line = typing.text.slice(0, middle(typing.text)).split('\n').length - 1;
  const server = await serverFigures(typing.text, line);
  say(`\n${table(['milliseconds through the server', 'median', 'worst'], server.waits.map(waitCells))}`);
  if (server.processorMs !== undefined)
    say(
      `the server's main thread works ${number(Math.round(server.processorMs))} ms for a key press, findings and completion among them\n`,
    );
  return { openedMs, checkedMs, heapMb, rows, server };
}

const NOT_THERE = { why: 'there is no such file', near: [] };

function read(name: string): string | typeof NOT_THERE {
  try {
    return readFileSync(placeOf(name), 'utf8');
  } catch {
    return NOT_THERE;
  }
}

function at(text: string, mark: string, from = 0): number {
  return text.indexOf(mark, from);
}

const middle = (text: string): number => at(text, `signature g${COUNT / 2} `);

/** At a place, so many characters give way to others. */
type Change = readonly [place: (text: string) => number, length: number, by: string];

type Changes = readonly (readonly [string, Change])[];

const CHANGES: Changes = [
  ['a letter in a condition in the middle', [(text) => at(text, ' then', middle(text)), 0, 'x']],
  ['a new line in the middle', [middle, 0, '\n']],
  ['a brace in the middle', [(text) => at(text, '{', middle(text)), 1, '']],
  ['a brace at the top', [() => 0, 0, '{']],
  ['a new signature in the middle', [middle, 0, 'signature new { id 99999 when tcp then log }\n']],
  ['a signature gets another name', [(text) => middle(text) + 10, 1, 'h']],
  ['a constant that most use gets another value', [(text) => at(text, '.0.0.0/8') - 1, 1, '1']],
  ['that constant gets another name', [(text) => at(text, 'const home') + 6, 4, 'homes']],
];

/** The name of the module in the middle, behind the word that declares it. */
const inMiddle = (text: string): number => text.lastIndexOf('\nmodule ', middle(text)) + 8;

const MODULE_CHANGES: Changes = [
  ...CHANGES,
  ['the module in the middle gets another name', [inMiddle, 1, 'n']],
  ['its switch gets a letter', [(text) => at(text, ' {\n', inMiddle(text)), 0, 'x']],
  ['its opening brace', [(text) => at(text, '{\n', inMiddle(text)), 1, '']],
  ['its closing brace', [(text) => at(text, '\n}\n', inMiddle(text)) + 1, 1, '']],
  ['the module at the top gets another name', [(text) => at(text, 'module m0') + 7, 1, 'n']],
  ['a module in a policy gets another name', [(text) => at(text, 'with m') + 5, 1, 'n']],
  ['a signature is disabled', [(text) => at(text, '  otherwise'), 0, '  disable g7\n']],
];

/** The change comes and goes, and both are measured. */
function measured(typing: Typing, change: string, [place, length, by]: Change): Row {
  progress(change);
  const { text } = typing;
  const start = place(text);
  const other = text.slice(0, start) + by + text.slice(start + length);
  const times: number[] = [];
  let rest = 0;
  for (let press = 0; press < PRESSES; press++) {
    typing.text = press % 2 === 0 ? other : text;
    times.push(milliseconds(() => show(typing)));
    rest = milliseconds(() => finish(typing));
  }
  progress('');
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { change, median: quantile(0.5), most: quantile(0.95), worst: quantile(1), rest };
}

function show({ workspace, text }: Typing): void {
  workspace.set(FILE, text);
  workspace.view().diagnostics(FILE);
}

function finish({ workspace }: Typing): void {
  workspace.work(() => false);
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function cells({ change, ...row }: Row): string[] {
  return [change, ...[row.median, row.most, row.worst, row.rest].map((time) => number(Math.round(time)))];
}

function waitCells({ of, median, worst }: Wait): string[] {
  return [of, ...[median, worst].map((time) => number(Math.round(time)))];
}

function memory(): number {
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
}

if (isStarted(import.meta.url)) await editorBench();
