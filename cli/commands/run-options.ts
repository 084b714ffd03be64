/** What `sigward run` takes: its flags, and below them what `sigward.toml` says. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isClean } from '../../grammar/diagnostic.js';
import { DEFAULT_FAILURE_POLICY } from '../../runtime/failure.js';
import { readConfig } from '../config.js';
import { strayBesideArtefact } from '../load-runnable.js';
import { RUN_TABLES, type RunTables } from '../run-settings.js';
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
    const { settings, run: tables } = readConfig(given.config);
    if (!isClean(settings.diagnostics)) {
      printDiagnostics({ diagnostics: settings.diagnostics, texts: settings.texts });
      return void done(1);
    }
    const options = optionsOf(given, tables);
    const wrong = whatIsWrong(rules, given, options);
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

/** Why the flags make no sense, if they make none. What a file says may wait for its companion. */
function whatIsWrong(rules: readonly string[], given: Given, options: RunOptions): string | undefined {
  if (options.pcap === undefined && options.queue === undefined)
    return 'say what to judge: --pcap FILE or --queue NUMBER';
  const needing = isAlone(options) ? needsChildren(given, options) : undefined;
  if (needing !== undefined) return `${needing} with --driver netlink and --engine wasm`;
  if (given['chain'] && !options.install) return '--chain goes with --install';
  if (given['stats'] !== undefined && options.eve === undefined) return '--stats goes with --eve';
  if (given['evePacket'] && options.eve === undefined) return '--eve-packet goes with --eve';
  return strayBesideArtefact(rules, given.set ? { set: given.set } : {});
}

function needsChildren(given: Given, { queue = [] }: RunOptions): string | undefined {
  if (queue.length > 1) return 'several queues go';
  return given['metrics'] ? '--metrics goes' : given['control'] ? '--control goes' : undefined;
}

/** Whether packets are judged in this process: no child can be handed them. */
function isAlone({ driver = 'netlink', engine = 'wasm' }: RunOptions): boolean {
  return driver !== 'netlink' || engine !== 'wasm';
}
