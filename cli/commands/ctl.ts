/** `sigward ctl`: looks at a sigward that runs, and changes what it runs while packets flow. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ModulesReport, OrderReport, StatsReport, StatusReport } from '../../runtime/control/reports.js';
import type { Request } from '../../runtime/control/protocol.js';
import { DEFAULT_SOCKET } from '../../runtime/control/socket-file.js';
import { type Answer, ask } from '../ctl-client.js';
import { type Paint, painter, renderDiagnostic } from '../render.js';
import { cutText, modulesText, orderText, statsText, statusText } from './ctl-text.js';

interface CtlOptions {
  readonly control: string;
  readonly json?: boolean;
}

/** What is asked, and the words for the answer. */
interface Question {
  readonly request: Request;
  readonly text: (result: object, paint: Paint) => string;
}

/** Declares `sigward ctl` and what can be ordered; `done` gets its exit status. */
export function addCtl(program: Command, done: (status: number) => void): void {
  const ctl = program
    .command('ctl')
    .description('look at a sigward that runs, and change its rules while packets flow')
    .option('--control <path>', 'its control socket, as `run --control` has it', DEFAULT_SOCKET)
    .option('--json', 'print the answer as it came');
  const put = async (question: Question): Promise<void> => done(await ctlCommand(question, ctl.opts<CtlOptions>()));
  const status = { request: { do: 'status' }, text: (r: object) => statusText(r as StatusReport) } as const;
  const modules = { request: { do: 'modules' }, text: (r: object) => modulesText(r as ModulesReport) } as const;
  const stats = { request: { do: 'stats' }, text: (r: object) => statsText(r as StatsReport) } as const;
  ctl
    .command('status')
    .description('what runs, since when, and how its queues are')
    .action(() => put(status));
  ctl
    .command('modules')
    .description('modules and files that are loaded')
    .action(() => put(modules));
  ctl
    .command('stats')
    .description('what was counted since the start')
    .action(() => put(stats));
  addOrders(ctl, (request) => put({ request, text: (result, paint) => orderText(result as OrderReport, paint) }));
}

/** What changes something; colours are the server's business, as it has the texts. */
function addOrders(ctl: Command, order: (request: Request) => Promise<void>): void {
  const colour = painter(process.stdout)('red', '') !== '';
  ctl
    .command('load')
    .description('take in a module of the module directory, or a file')
    .argument('<what>', 'a module’s name, or a path')
    .action((what: string) => order({ do: 'load', what: named(what), colour }));
  ctl
    .command('exchange')
    .description('read a file anew, with all that it imports, or put another in its place')
    .argument('<what>', 'the file, or a module that it declares')
    .argument('[with]', 'the file that takes its place')
    .action((what: string, by?: string) =>
      order({ do: 'exchange', what: named(what), ...(by !== undefined && { with: resolve(by) }), colour }),
    );
  ctl
    .command('remove')
    .description('take out a module with those in it, or a file')
    .argument('<what>', 'a module’s name, or a path')
    .action((what: string) => order({ do: 'remove', what: named(what), colour }));
  ctl
    .command('policy')
    .description('put a policy in force')
    .argument('[name]', 'its name')
    .option('--none', 'no policy: every packet is covered by all modules')
    .action((name: string | undefined, { none = false }: { none?: boolean }, command: Command) => {
      if ((name === undefined) !== none) command.error('error: name a policy, or say --none');
      return order({ do: 'policy', name: name ?? null, colour });
    });
  ctl
    .command('reload')
    .description('read everything anew: rules, lists, sigward.toml')
    .action(() => order({ do: 'reload', colour }));
}

/** The server may stand in another folder: a path goes to it whole. */
function named(what: string): string {
  return what.includes('/') || /\.sigc?$/.test(what) ? resolve(what) : what;
}

/** Exit status 0 where it was done, 1 where not. */
async function ctlCommand({ request, text }: Question, { control, json = false }: CtlOptions): Promise<number> {
  const { stdout, stderr } = process;
  const isWatched = stderr.isTTY && !json;
  const answer = await ask(control, request, (progress) => void (isWatched && stderr.write(`\r\x1b[K${progress} …`)));
  if (isWatched) stderr.write('\r\x1b[K');
  const { id: _, ...said } = answer;
  if (json) stdout.write(`${JSON.stringify(said, undefined, 2)}\n`);
  else if (answer.ok) stdout.write(text(answer, painter(stdout)));
  else refuse(answer);
  if (answer.cut && !json) stderr.write(cutText(answer.cut));
  return answer.ok ? 0 : 1;
}

function refuse(answer: Extract<Answer, { ok: false }>): void {
  const { code, message, help, text } = answer;
  if (typeof text === 'string') process.stderr.write(text);
  const diagnostic = { code, message, severity: 'error', labels: [], ...(help !== undefined && { help }) } as const;
  process.stderr.write(renderDiagnostic(diagnostic, new Map(), painter(process.stderr)));
}
