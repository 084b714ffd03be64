/** The operator: a rule for what got through is loaded while packets flow, by the command that an operator has. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { type Paint, renderDiagnostic } from '../../cli/render.js';
import type { OrderReport } from '../../runtime/control/reports.js';
import { number, quantity } from '../../runtime/output/figures.js';
import type { Ended, Host } from '../host.js';
import { SIGWARD } from './command.js';
import { NEW_ATTACKS, REPEATED } from './attacks.js';
import type { Flow } from './flow.js';
import { gotThroughUnknown, type Result } from './report.js';
import type { Stage } from './show.js';

/** In the folder that the command is given in. */
export const SOCKET = 'control.sock';
const FILE = 'text4shell.sig';

/** The ways to look up that CVE-2022-42889 names, as they are written and as forms encode them. */
const RULE = `/// Apache Commons Text looks up what stands between \`\${\` and \`}\`, and runs it.
module text4shell in tcp on tcp.dst_port in { 80, 8080 } {
  signature text4shell {
    id       9000001
    title    "Text4Shell"
    severity critical
    class    exploit
    ref      cve "CVE-2022-42889"
    when     payload contains "\${script:" nocase or payload contains "%24%7Bscript%3A" nocase
          or payload contains "\${dns:" nocase or payload contains "%24%7Bdns%3A" nocase
          or payload contains "\${url:" nocase or payload contains "%24%7Burl%3A" nocase
    then     log, drop
  }
}
`;

/** Longer than whoever gives an order waits for a word. */
const LONGEST_ORDER_MS = 200_000;

/** How long Ctrl-C, which also ends the command, may take to arrive in this process. */
const SIGNAL_MS = 100;

/** What became of the order: the figures of its answer; or nothing, where it was refused. */
export interface Outcome {
  readonly report?: Pick<OrderReport, 'generation' | 'milliseconds' | 'queues'>;
  /** Packets that were judged while it was carried out, as far as the log says. */
  readonly packets: number;
}

/** What `--json` prints. */
type Answer =
  | ({ readonly ok: true } & OrderReport)
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly help?: string;
      readonly text?: string;
    };

/** Sends what the rules do not know, has a rule for it loaded, and sends it again. */
export async function exchange(stage: Stage, router: Host, folder: string, paint: Paint): Promise<Outcome> {
  await Promise.all(NEW_ATTACKS.map((flow) => stage.perform(flow)));
  const outcome = await load(stage, router, folder, paint);
  await Promise.all(REPEATED.map((flow) => stage.perform(flow)));
  return outcome;
}

async function load(stage: Stage, router: Host, folder: string, paint: Paint): Promise<Outcome> {
  const file = join(folder, FILE);
  writeFileSync(file, RULE, { flag: 'wx' });
  chmodSync(file, 0o644); // whatever the umask: sigward reads it as another user
  const words = ['ctl', '--control', SOCKET, '--json', 'load', FILE];
  stage.say([`$ sigward ${words.join(' ')}    (on the router)`]);
  const before = stage.packets();
  const ended = await router.run(process.execPath, [SIGWARD, ...words], { cwd: folder, timeout: LONGEST_ORDER_MS });
  const packets = stage.packets() - before;
  const answer = answerOf(ended);
  if (answer?.ok) stage.say(answerLines(answer, paint));
  else {
    await sleep(SIGNAL_MS);
    stage.say(refusal(ended, answer, paint));
  }
  return { packets, ...(answer?.ok && { report: answer }) };
}

/** Nothing where nobody answered; then its standard error says why. */
function answerOf({ stdout }: Ended): Answer | undefined {
  return stdout === '' ? undefined : (JSON.parse(stdout) as Answer);
}

function answerLines({ generation, signatures, milliseconds, queues, verified }: OrderReport, paint: Paint): string[] {
  const head = `ruleset ${generation} is in use: ${quantity(signatures, 'signature', 'signatures')}`;
  const times = `${number(Math.round(milliseconds))} ms after the order; for at most ${gapOf(queues)} no packet was judged`;
  return [`${paint(['bold', 'green'], head)}, ${times}`, `  ${verified}`];
}

function refusal({ stderr, signal }: Ended, answer: Exclude<Answer, { ok: true }> | undefined, paint: Paint): string[] {
  if (!answer) return [stderr.trim() || `the command was ended${signal === null ? '' : ` by ${signal}`}`];
  const { code, message, help, text = '' } = answer;
  const diagnostic: Diagnostic = { code, message, severity: 'error', labels: [], ...(help !== undefined && { help }) };
  return [text + renderDiagnostic(diagnostic, new Map(), paint)].map((all) => all.trimEnd());
}

/** `83 µs`: the longest time between two batches in a queue. */
function gapOf(queues: OrderReport['queues']): string {
  return `${number(Math.round(Math.max(0, ...queues.map(({ gapMicroseconds }) => gapMicroseconds))))} µs`;
}

/** What the order did, for the report. */
export function orderLines({ report, packets }: Outcome, results: readonly Result[]): string[] {
  if (!report) return ['the rule for Text4Shell was not loaded'];
  const { milliseconds, queues } = report;
  const of = (flows: readonly Flow[]): Result[] => results.filter(({ flow }) => flows.includes(flow));
  const through = of(NEW_ATTACKS).filter(gotThroughUnknown).length;
  const stopped = of(REPEATED).filter(({ ok }) => ok).length;
  return [
    `Text4Shell got through ${through} of ${NEW_ATTACKS.length} times before a rule for it was loaded, ` +
      `and was stopped ${stopped} of ${REPEATED.length} times after that;`,
    `loading took ${(milliseconds / 1000).toFixed(1)} s, while about ${number(packets)} packets were judged, ` +
      `and for at most ${gapOf(queues)} none was`,
  ];
}
