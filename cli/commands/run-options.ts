/** What `sigward run` takes: its flags, and below them what `sigward.toml` says. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isClean } from '../../grammar/diagnostic.js';
import { DEFAULT_FAILURE_POLICY, FAILURES } from '../../runtime/failure.js';
import { readConfig } from '../config.js';
import { strayBesideArtefact } from '../load-runnable.js';
import { RUN_TABLES, type RunTables, written } from '../run-settings.js';
import type { Setting, SettingTable, Values } from '../setting.js';
import { configOption, setOption } from '../site-options.js';
import { printDiagnostics } from './check.js';
import { runCommand, type RunOptions } from './run.js';

/** What commander gives: values by the names of options. */
type Given = Readonly<Record<string, unknown>> & Pick<RunOptions, 'pcap' | 'set' | 'config'>;

/** Declares `sigward run`; `done` gets its exit status. */
export function addRun(program: Command, done: (status: number) => void): void {
  const run = program
    .command('run')
    .description('judge the packets of a capture, or live packets')
    .argument('<rules...>', '.sig files, or folders that hold some; or what `sigward compile` made of them')
    .addOption(setOption())
    .addOption(configOption())
    .option('--pcap <file>', 'a capture to judge, pcap or pcapng; - is standard input');
  for (const table of Object.values<SettingTable>(RUN_TABLES))
    for (const setting of Object.values(table)) addSetting(run, setting);
  run.action(async (rules: string[], given: Given) => {
    const { settings, run: tables, file } = readConfig(given.config);
    if (!isClean(settings.diagnostics)) {
      printDiagnostics({ diagnostics: settings.diagnostics, texts: settings.texts });
      return void done(1);
    }
    const options = optionsOf(given, tables);
    const wrong = whatIsWrong(rules, { given, file }, options);
    if (wrong !== undefined) run.error(`error: ${wrong}`);
    done(await runCommand(rules, options));
  });
}

/** A flag that a file may set can be taken back: `--no-install`. */
/** Nor is one that is chosen where nothing is said: `--no-policy`. */
function addSetting(command: Command, setting: Setting): void {
  const option = optionOf(setting);
  command.addOption(setting.forCaptures ? option : option.conflicts('pcap'));
  const [name = ''] = setting.flags.split(' ');
  const none = new Option(name.replace('--', '--no-'), setting.none);
  if (option.isBoolean() || setting.none !== undefined) command.addOption(none.hideHelp(setting.none === undefined));
}

function optionOf({ flags, help, schema, expects, choices, fallback }: Setting): Option {
  const option = new Option(
    flags,
    fallback === 'none' || fallback === 'false' ? help : `${help} (default: ${fallback})`,
  );
  if (choices) return option.choices(choices);
  if (option.isBoolean()) return option;
  return option.argParser((text: string, before: unknown) => {
    const { data, success } = schema.safeParse(text);
    if (!success) throw new InvalidArgumentError(`it is ${expects}`);
    return option.variadic ? [before ?? [], data].flat() : data;
  });
}

/** Flags count more than the file. What it says of live packets says nothing of captures: one that is tried must not write over the live log. */
function optionsOf(given: Given, { run, failure, trust }: RunTables): RunOptions {
  const { pcap, set, config } = given;
  const { keys } = laid(RUN_TABLES.trust, given, trust);
  return {
    ...{ ...(pcap !== undefined && { pcap }), ...(set && { set }), ...(config !== undefined && { config }) },
    ...laid(RUN_TABLES.run, given, pcap === undefined ? run : {}),
    failure: { ...DEFAULT_FAILURE_POLICY, ...laid(RUN_TABLES.failure, given, failure) },
    ...(keys && { trust: keys }),
  };
}

/** What flags say of the settings of a table, and where they say nothing what the file says. */
function laid<T extends SettingTable>(table: T, given: Given, file: Values<T>): Values<T> {
  const flagged = Object.entries(table).map(([key, { flags }]) => [key, given[new Option(flags).attributeName()]]);
  return { ...file, ...(Object.fromEntries(flagged.filter(([, value]) => value !== undefined)) as Values<T>) };
}

/** Where something was said: by a flag, or else in this file. */
interface Said {
  readonly given: Given;
  readonly file: string;
}

/** Why the flags make no sense, if they make none. What a file says may wait for its companion. */
function whatIsWrong(rules: readonly string[], said: Said, options: RunOptions): string | undefined {
  const { given } = said;
  if (options.pcap === undefined && options.queue === undefined)
    return 'say what to judge: --pcap FILE or --queue NUMBER';
  const needing = isAlone(options) ? needsChildren(said, options) : undefined;
  if (needing !== undefined) return `${needing} with --driver netlink and --engine wasm`;
  if (given['chain'] && !options.install) return '--chain goes with --install';
  if (given['stats'] !== undefined && options.eve === undefined) return '--stats goes with --eve';
  if (given['evePacket'] && options.eve === undefined) return '--eve-packet goes with --eve';
  return strayBesideArtefact(rules, given.set ? { set: given.set } : {});
}

/** What only a supervisor carries out, wherever it was said: a router that is to be watched must not be enforced upon because of the engine. */
function needsChildren(said: Said, options: RunOptions): string | undefined {
  const { queue = [], dryRun, control, metrics, failure } = options;
  if (queue.length > 1) return 'several queues go';
  if (dryRun) return `${wordsFor('run', 'dryRun', said)} goes`;
  if (control !== undefined) return `${wordsFor('run', 'control', said)} goes`;
  if (metrics !== undefined) return `${wordsFor('run', 'metrics', said)} goes`;
  // What is said where nothing is happens without a supervisor, too.
  const other = FAILURES.find((name) => failure[name] !== DEFAULT_FAILURE_POLICY[name]);
  return other && `${wordsFor('failure', other, said)} goes`;
}

/** A setting in the words of whoever said it. */
function wordsFor<T extends keyof RunTables>(
  table: T,
  key: keyof RunTables[T] & string,
  { given, file }: Said,
): string {
  const { flags } = (RUN_TABLES[table] as SettingTable)[key] ?? { flags: '' };
  const option = new Option(flags);
  if (given[option.attributeName()] !== undefined) return option.long ?? flags;
  return `\`${written(key)}\` below [${table}] of ${file}`;
}

/** Whether live packets are judged in this process: no child can be handed them. */
function isAlone({ pcap, driver = 'netlink', engine = 'wasm' }: RunOptions): boolean {
  if (pcap !== undefined) return false;
  return driver !== 'netlink' || engine !== 'wasm';
}
