/** The command line: which commands there are and what they take. One file a command in `commands/`. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Problem } from '../runtime/problem.js';
import { checkCommand, type CheckOptions } from './commands/check.js';
import { addCompile } from './commands/compile.js';
import { addDiff } from './commands/diff.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain-options.js';
import { fmtCommand, type FmtOptions } from './commands/fmt.js';
import { addInspect } from './commands/inspect.js';
import { addLint } from './commands/lint-options.js';
import { addLsp } from './commands/lsp.js';
import { runCommand, type RunOptions } from './commands/run.js';
import { ENGINE_KINDS } from '../runtime/engine/load.js';
import { DRIVER_NAMES } from '../runtime/nfqueue/drivers.js';
import { testCommand, type TestOptions } from './commands/test.js';
import { addWitness } from './commands/witness.js';
import { packageVersion } from './paths.js';
import { painter, renderDiagnostic } from './render.js';
import { strayBesideArtefact } from './load-runnable.js';
import { configOption, setOption } from './site-options.js';

/** Wrong usage, as opposed to wrong rules. */
const USAGE = 2;

/** Runs one command line (without `node` and the script) and gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = build((result) => (status = result));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (cause) {
    if (cause instanceof Problem) {
      process.stderr.write(renderDiagnostic(cause.diagnostic, new Map(), painter(process.stderr)));
      return 1;
    }
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : USAGE;
    throw cause;
  }
  return status;
}

function build(done: (status: number) => void): Command {
  const program = new Command('sigward')
    .description('Compiles attack signatures and enforces them on live packets.')
    .version(packageVersion())
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();

  program
    .command('check')
    .description('say what is wrong with rule files')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .addOption(setOption())
    .addOption(configOption())
    .option('--watch', 'check again whenever a file changes, until Ctrl-C')
    .action(async (rules: string[], options: CheckOptions) => {
      done(await checkCommand(rules, options));
    });

  program
    .command('test')
    .description('run the tests that stand in rule files')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .option('--coverage', 'say which signatures and which parts of their conditions no test exercises')
    .addOption(
      new Option('--coverage-threshold <percent>', 'fail where less is exercised (implies --coverage)').argParser(
        percent,
      ),
    )
    .action(async (rules: string[], options: TestOptions) => {
      done(await testCommand(rules, options));
    });

  const fmt = program
    .command('fmt')
    .description('bring rule files into their canonical form')
    .argument(
      '[paths...]',
      '.sig files, or folders that hold some; - is standard input, formatted to standard output',
      ['.'],
    )
    .option('--check', 'change nothing, and name the files that would change')
    .action(async (paths: string[], options: FmtOptions) => {
      if (paths.includes('-') && paths.length > 1) fmt.error('error: - stands alone');
      done(await fmtCommand(paths, options));
    });

  addLint(program, done);
  addRun(program, done);
  addExplain(program, done);
  addWitness(program, done);
  addDiff(program, done);
  addCompile(program, done);
  addInspect(program, done);
  addDoctor(program, done);
  addLsp(program, done);
  return program;
}

function addRun(program: Command, done: (status: number) => void): void {
  const run = program
    .command('run')
    .description('judge the packets of a capture, or live packets')
    .argument('<rules...>', '.sig files, or folders that hold some; or what `sigward compile` made of them')
    .addOption(setOption())
    .addOption(configOption())
    .option('--pcap <file>', 'a capture to judge, pcap or pcapng; - is standard input')
    .addOption(
      new Option('--queue <number>', 'a queue of the kernel to judge (Linux, root)')
        .argParser(queueNumber)
        .conflicts('pcap'),
    )
    .addOption(
      new Option('--driver <driver>', 'how to reach the queue: netlink is the faster one, nfqueue the npm package')
        .choices(DRIVER_NAMES)
        .conflicts('pcap'),
    )
    .addOption(
      new Option(
        '--install',
        'lead packets into the queue with iptables, and take the rules away at the end',
      ).conflicts('pcap'),
    )
    .addOption(
      new Option('--chain <chain...>', 'which packets: forwarded ones, those for this host, those from it')
        .choices(['FORWARD', 'INPUT', 'OUTPUT'])
        .conflicts('pcap'),
    )
    .addOption(new Option('--on-fragment <what>', ON_FRAGMENT_HELP).choices(['drop', 'accept']).conflicts('pcap'))
    .addOption(
      new Option(
        '--engine <engine>',
        'what judges: the tree compiled to WebAssembly, the tree, or the reference interpreter',
      )
        .choices(ENGINE_KINDS)
        .default('wasm'),
    )
    .option('--eve <file>', EVE_HELP)
    .option('--eve-packet', 'add the packet’s bytes to each alert, so that `sigward explain --eve` can repeat it')
    .addOption(
      new Option('--stats <seconds>', 'add counters to the EVE log, so often and at the end')
        .argParser(interval)
        .conflicts('pcap'),
    )
    .action(async (rules: string[], options: RunOptions) => {
      if (options.pcap === undefined && options.queue === undefined) {
        run.error('error: say what to judge: --pcap FILE or --queue NUMBER');
      }
      const stray = strayBesideArtefact(rules, options);
      if (stray !== undefined) run.error(`error: ${stray}`);
      if (options.chain && !options.install) run.error('error: --chain goes with --install');
      if (options.stats !== undefined && options.eve === undefined) run.error('error: --stats goes with --eve');
      if (options.evePacket && options.eve === undefined) run.error('error: --eve-packet goes with --eve');
      done(await runCommand(rules, options));
    });
}

const ON_FRAGMENT_HELP =
  'what becomes of packets that the kernel has not put together: dropped (the default with --install), or each judged ' +
  'by itself (the default without)';

const EVE_HELP =
  'write alerts as JSON lines in the form of Suricata’s EVE log; - is standard output. A file is appended to with ' +
  '--queue, where SIGHUP opens it anew (log rotation), and overwritten with --pcap';

function queueNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('a queue is a number from 0 to 65535');
}

function interval(text: string): number {
  if (/^\d{1,5}(\.\d{1,3})?$/.test(text) && Number(text) >= 0.1) return Number(text);
  throw new InvalidArgumentError('an interval is a number of seconds from 0.1 to 99999');
}

function percent(text: string): number {
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('a threshold is a number from 0 to 100');
}
