/** What `sigward explain` takes. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { strayBesideArtefact } from '../load-runnable.js';
import { configOption, modulesOption, noPolicyOption, policyOption, setOption } from '../site-options.js';
import { explainCommand, type ExplainOptions } from './explain.js';

/** Adds the command; `done` gets its exit status. */
export function addExplain(program: Command, done: (status: number) => void): void {
  const explain = program
    .command('explain')
    .description('show the decision tree; with a packet, why each signature matches it or does not')
    .argument('<rules...>', '.sig files, or folders that hold some; or what `sigward compile` made of them')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption())
    .addOption(policyOption())
    .addOption(noPolicyOption())
    .option('--pcap <file>', 'take the packet from a capture; - is standard input')
    .addOption(
      new Option('--packet <number>', 'its number there, from 1 (`pcap_cnt` of an alert)').argParser(atLeast(1)),
    )
    .addOption(new Option('--hex <bytes>', 'the packet itself in hexadecimal').conflicts(['pcap', 'packet', 'eve']))
    .addOption(new Option('--link <number>', 'link type of --hex: 1 Ethernet, 101 IP (default)').argParser(atLeast(0)))
    .addOption(new Option('--wire <bytes>', 'how long the packet of --hex was before it was cut').argParser(atLeast(0)))
    .addOption(new Option('--eve <file>', 'take the packet from an alert of an EVE log').conflicts('packet'))
    .addOption(new Option('--line <number>', 'which line of the log; else the first alert').argParser(atLeast(1)))
    .option(
      '--signature <name...>',
      'only these signatures: what leads to them in the tree, or all that a packet says to them',
    )
    .option('--all', 'explain every signature, whole')
    .option('--cost', 'what each signature costs a packet, expected and at worst, and why')
    .addOption(
      new Option('--format <format>', 'of the tree; of costs, text or json').choices(['text', 'json', 'dot', 'svg']),
    )
    .addOption(new Option('--depth <levels>', 'show so many levels of the tree').argParser(atLeast(0)))
    .action(async (rules: string[], options: ExplainOptions) => {
      const wrong = strayBesideArtefact(rules, options) ?? strayBesideCost(options) ?? strayOption(options);
      if (wrong !== undefined) explain.error(`error: ${wrong}`);
      done(await explainCommand(rules, options));
    });
}

/** Options, each with the one without which it says nothing. */
const BELONGS = [
  ['packet', 'pcap'],
  ['link', 'hex'],
  ['wire', 'hex'],
  ['line', 'eve'],
] as const;

/** What an option is without the one that it belongs to: commander knows only what excludes what. */
function strayOption(options: ExplainOptions): string | undefined {
  const { pcap, packet, hex, eve } = options;
  const has = (name: keyof ExplainOptions): boolean => options[name] !== undefined;
  const alone = BELONGS.find(([name, to]) => has(name) && !has(to));
  if (alone) return `--${alone[0]} goes with --${alone[1]}`;
  if (has('pcap') && packet === undefined && eve === undefined) return 'say which packet: --packet NUMBER';
  if (pcap === undefined && hex === undefined && eve === undefined) {
    return has('all') ? '--all goes with a packet: --pcap, --hex or --eve' : undefined;
  }
  const stray = (['format', 'depth'] as const).find(has);
  return stray && `--${stray} is for the tree, and goes without a packet`;
}

/** Costs are of all packets, and no picture. */
function strayBesideCost({ cost, pcap, hex, eve, all, depth, format }: ExplainOptions): string | undefined {
  if (!cost) return undefined;
  if (pcap !== undefined || hex !== undefined || eve !== undefined) return '--cost goes without a packet';
  if (all) return '--all goes with a packet: --pcap, --hex or --eve';
  if (depth !== undefined) return '--depth is for the tree, and goes without --cost';
  return format === 'dot' || format === 'svg' ? '--cost is given as text or json' : undefined;
}

/** A parser of counts. */
function atLeast(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`expected a number from ${least} on`);
  };
}
