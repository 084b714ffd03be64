import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { examine } from '../../runtime/doctor/examine.js';
import { type Finding, type State, works } from '../../runtime/doctor/finding.js';
import { type Machine, thisMachine } from '../../runtime/doctor/machine.js';
import { printable } from '../../runtime/output/text.js';
import { packageRoot } from '../paths.js';
import { type Paint, painter } from '../render.js';

export interface DoctorOptions {
  readonly format: 'text' | 'json';
}

/** Declares `sigward doctor`; `done` gets its exit status. */
export function addDoctor(program: Command, done: (status: number) => void): void {
  program
    .command('doctor')
    .description('say what this machine can do, and what is missing')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .action(async (options: DoctorOptions) => {
      done(await doctorCommand(options));
    });
}

/** `sigward doctor`: looks at the machine, and changes nothing. Exit status 1 where packets cannot be judged inline. */
async function doctorCommand({ format }: DoctorOptions, machine: Machine = thisMachine()): Promise<number> {
  const findings = await examine(machine, oldestNode());
  const ok = works(findings);
  const { stdout } = process;
  if (format === 'json') stdout.write(`${JSON.stringify({ works: ok, checks: findings }, undefined, 2)}\n`);
  else stdout.write(renderFindings(findings, painter(stdout), stdout.isTTY ? stdout.columns : WIDTH));
  return ok ? 0 : 1;
}

function oldestNode(): string {
  const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return engines.node.replace(/^>=/, '');
}

/** Columns where nobody says how wide the terminal is. */
const WIDTH = 100;

const SIGNS: Readonly<Record<State, readonly [string, Parameters<Paint>[0]]>> = {
  ok: ['✓', 'green'],
  failed: ['✗', 'red'],
  limited: ['!', 'yellow'],
  missing: ['-', 'dim'],
  unknown: ['?', 'yellow'],
};

/** A line a finding, what to do below it, and the outcome. */
export function renderFindings(findings: readonly Finding[], paint: Paint, width: number): string {
  const nameWidth = Math.max(...findings.map(({ check }) => check.length));
  const indent = ' '.repeat(nameWidth + 4);
  const text = (words: string): string => wrap(printable(words), width - indent.length).join(`\n${indent}`);
  const lines = findings.flatMap(({ check, state, detail, help }) => {
    const [sign, colour] = SIGNS[state];
    const line = `${paint(colour, sign)} ${paint('bold', check.padEnd(nameWidth))}  ${text(detail)}`;
    return help === undefined ? [line] : [line, `${indent}${paint('cyan', text(help))}`];
  });
  const outcome = works(findings)
    ? paint(['bold', 'green'], 'packets can be judged inline on this machine')
    : paint(['bold', 'red'], 'packets cannot be judged inline on this machine');
  return `${[...lines, '', outcome].join('\n')}\n`;
}

/** Lines of at most so many columns, as far as single words allow. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
