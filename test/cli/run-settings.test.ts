/** The settings of `sigward run` in `sigward.toml`: what they say, what flags say against them, and where their mistakes are shown. */
import { Command } from 'commander';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addRun } from '../../cli/commands/run-options.js';
import type { RunOptions } from '../../cli/commands/run.js';
import { readConfig } from '../../cli/config.js';
import { RUN_TABLES, written } from '../../cli/run-settings.js';
import type { SettingTable } from '../../cli/setting.js';
import { DEFAULT_FAILURE_POLICY } from '../../runtime/failure.js';
import { positionOf } from '../../grammar/position.js';
import { runs } from '../support/runs.js';

const ran = vi.hoisted(() => [] as RunOptions[]);
vi.mock('../../cli/commands/run.js', () => ({
  runCommand: (_: unknown, options: RunOptions) => Promise.resolve(ran.push(options) * 0),
}));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-settings-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (): string => join(folder, 'site.toml');
const config = (toml: string): ReturnType<typeof readConfig> => {
  writeFileSync(file(), toml);
  return readConfig(file());
};

/** What `sigward run` would go by. */
async function options(toml: string, ...args: string[]): Promise<Partial<RunOptions> | number> {
  writeFileSync(file(), toml);
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  let status = -1;
  addRun(program, (result) => (status = result));
  ran.length = 0;
  await program.parseAsync(['run', 'rules', '--config', file(), ...args], { from: 'user' });
  return ran[0] ?? status;
}

/** Code, line, column, message and help of each finding. */
const findings = (toml: string): unknown[] =>
  config(toml).settings.diagnostics.map(({ code, labels: [label], message, help }) => {
    const { line, column } = positionOf(toml, label?.span.start ?? -1);
    return `${code} ${line}:${column} ${message}${help === undefined ? '' : `; ${help}`}`;
  });

/** A value of each setting, as TOML has it, as it is meant, and as the command line has it. */
const EXAMPLES: Readonly<Record<string, readonly [toml: string, meant: unknown, ...flags: string[]]>> = {
  'run.queue': ['7', [7], '7'],
  'run.driver': ['"nfqueue"', 'nfqueue', 'nfqueue'],
  'run.install': ['true', true],
  'run.chain': ['["INPUT", "OUTPUT"]', ['INPUT', 'OUTPUT'], 'INPUT', 'OUTPUT'],
  'run.on-fragment': ['"accept"', 'accept', 'accept'],
  'run.engine': ['"tree"', 'tree', 'tree'],
  'run.policy': ['"border"', 'border', 'border'],
  'run.modules': ['"/etc/sigward/modules"', '/etc/sigward/modules', '/etc/sigward/modules'],
  'run.user': ['"sigward"', 'sigward', 'sigward'],
  'run.dry-run': ['true', true],
  'run.control': ['"/run/sigward/control.sock"', '/run/sigward/control.sock', '/run/sigward/control.sock'],
  'run.metrics': ['"[::1]:9100"', { host: '::1', port: 9100 }, '[::1]:9100'],
  'run.eve': ['"/var/log/eve.json"', '/var/log/eve.json', '/var/log/eve.json'],
  'run.eve-packet': ['true', true],
  'run.stats': ['2.5', 2.5, '2.5'],
  'failure.queue-full': ['"accept"', 'accept', 'accept'],
  'failure.trap': ['"accept"', 'accept', 'accept'],
  'failure.too-long': ['"accept"', 'accept', 'accept'],
  'failure.child-dead': ['"accept"', 'accept', 'accept'],
  'failure.reload-failed': ['"drop"', 'drop', 'drop'],
  'failure.log-unwritable': ['"drop"', 'drop', 'drop'],
  'trust.keys': ['["/etc/a.pub", "/etc/b.pub"]', ['/etc/a.pub', '/etc/b.pub'], '/etc/a.pub', '/etc/b.pub'],
};
const SETTINGS = Object.entries<SettingTable>(RUN_TABLES).flatMap(([table, settings]) =>
  Object.entries(settings).map(([key, setting]) => ({ table, key, path: `${table}.${written(key)}`, setting })),
);
/** What options need beside them. */
const COMPANIONS = '[run]\nqueue = 1\ninstall = true\neve = "-"\n';

describe('every setting', () => {
  it('has an example here', () => {
    expect(SETTINGS.map(({ path }) => path)).toEqual(Object.keys(EXAMPLES));
  });

  it.each(SETTINGS)('$path says the same in the file and as a flag, and the flag counts more', async (one) => {
    const [toml, meant, ...words] = EXAMPLES[one.path] ?? ['', undefined];
    const place = (from: Partial<RunOptions> | number): unknown => {
      if (typeof from === 'number') return from;
      if (one.table === 'failure') return from.failure?.[one.key as keyof typeof DEFAULT_FAILURE_POLICY];
      return one.table === 'trust' ? from.trust : (from as Record<string, unknown>)[one.key];
    };
    const flags = [one.setting.flags.split(' ')[0] ?? '', ...words];
    const rest = COMPANIONS.split('\n').filter((line) => !line.startsWith(`${written(one.key)} =`)).join('\n');
    const from = `${rest}[${one.table === 'run' ? 'lint' : one.table}]\n`;
    const inFile = one.table === 'run' ? `${rest}${written(one.key)} = ${toml}\n` : `${from}${written(one.key)} = ${toml}\n`;
    const needsQueue = one.path === 'run.queue' ? [] : ['--queue', '1'];
    expect(place(await options(inFile))).toEqual(meant);
    expect(place(await options(rest, ...needsQueue, ...flags))).toEqual(meant);
    if (one.setting.flags.includes('<')) return;
    // What is on or off can be taken back.
    expect(place(await options(inFile, ...needsQueue, flags[0]?.replace('--', '--no-') ?? ''))).toBe(false);
  }); // prettier-ignore

  it.each(SETTINGS)('$path refuses what it is not, and says what it is', ({ table, path, setting }) => {
    const toml = `[${table}]\n${path.slice(table.length + 1)} = 2026-01-01\n`;
    expect(findings(toml)).toEqual([
      `E1008 2:1 this cannot be the value of \`${path.slice(table.length + 1)}\`; it is ${setting.expects}`,
    ]);
  });
});

describe('sigward.toml', () => {
  it('is outdone by flags', async () => {
    const toml = '[run]\nqueue = 3\npolicy = "day"\n[failure]\ntrap = "accept"\n';
    const outcome = await options(toml, '--queue', '4', '--on-queue-full', 'accept');
    expect(outcome).toMatchObject({ queue: [4], policy: 'day' });
    const failure = { ...DEFAULT_FAILURE_POLICY, trap: 'accept', 'queue-full': 'accept' };
    expect(outcome).toMatchObject({ failure });
  });

  it.each([
    ['[run]\ndry-run = true', [], '`dry-run` below [run] of FILE goes'],
    ['[run]\ncontrol = "c.sock"', [], '`control` below [run] of FILE goes'],
    ['[run]\nmetrics = 9100', [], '`metrics` below [run] of FILE goes'],
    ['[failure]\nqueue-full = "accept"', [], '`queue-full` below [failure] of FILE goes'],
    ['[failure]\nlog-unwritable = "drop"', [], '`log-unwritable` below [failure] of FILE goes'],
    ['', ['--dry-run'], '--dry-run goes'],
    ['', ['--control', 'c.sock'], '--control goes'],
    ['', ['--metrics', '9100'], '--metrics goes'],
    ['', ['--on-trap', 'accept'], '--on-trap goes'],
    ['[failure]\ntrap = "drop"', ['--on-trap', 'accept'], '--on-trap goes'],
  ])('what needs a supervisor is refused without one: %j %j', async (toml, flags, words) => {
    const sentence = `error: ${words.replace('FILE', file())} with --driver netlink and --engine wasm`;
    for (const alone of [
      ['--engine', 'tree'],
      ['--engine', 'interpreter'],
      ['--driver', 'nfqueue'],
    ]) {
      const refused = options(toml, '--queue', '1', ...flags, ...alone);
      await expect(refused).rejects.toMatchObject({ message: sentence });
    }
    expect(await options(toml, '--queue', '1', ...flags)).toMatchObject({ queue: [1] });
  });

  it('what happens without a supervisor, too, is no reason to refuse; nor is anything where a capture is judged', async () => {
    const toml = '[run]\ndry-run = true\n[failure]\ntrap = "drop"\nreload-failed = "accept"\n';
    const flags = ['--queue', '1', '--no-dry-run', '--on-fragment', 'accept', '--on-queue-full', 'drop'];
    expect(await options(toml, ...flags, '--engine', 'tree')).toMatchObject({ engine: 'tree', dryRun: false });
    const live = '[run]\ndry-run = true\ncontrol = "c"\nmetrics = 1\n[failure]\ntrap = "accept"\n';
    expect(await options(live, '--pcap', 'c.pcap', '--engine', 'tree')).toMatchObject({ pcap: 'c.pcap' });
  });

  it('says how live packets are judged, and nothing of captures but whom to trust', async () => {
    const toml = '[run]\nqueue = 3\neve = "live.json"\nengine = "tree"\n[trust]\nkeys = "a.pub"\n';
    const { pcap, queue, eve, engine, trust } = (await options(toml, '--pcap', 'c.pcap')) as RunOptions;
    expect({ pcap, queue, eve, engine }).toEqual({ pcap: 'c.pcap' });
    expect(trust).toEqual([join(folder, 'a.pub')]);
  });

  it('names paths from where it lies', () => {
    const { run } = config('[run]\neve = "log/eve.json"\nmodules = "/run/s"\n[trust]\nkeys = ["a.pub", "../b.pub"]\n');
    expect(run.run).toEqual({ eve: join(folder, 'log/eve.json'), modules: '/run/s' });
    expect(run.trust).toEqual({ keys: [join(folder, 'a.pub'), join(folder, '../b.pub')] });
    expect(config('[run]\neve = "-"\n').run.run).toEqual({ eve: '-' });
  });

  it('takes one of a list without brackets, and says so', () => {
    for (const [key, table, one] of [['keys', 'trust', '/a.pub'], ['chain', 'run', 'INPUT']] as const) {
      expect(config(`[${table}]\n${key} = "${one}"\n`).run[table]).toEqual({ [key]: [one] });
      expect(findings(`[${table}]\n${key} = 1\n`)[0]).toMatch(/it is (a path|`FORWARD`.*), or an array of /);
    }
  }); // prettier-ignore

  it('takes every form that TOML has for the same', () => {
    for (const toml of ['run.queue = 1\nrun.eve = "-"', 'run = { queue = 1, eve = "-" }', '["run"]\n"queue" = 0x1\n\'eve\' = """\n-"""'])
      expect(config(toml)).toMatchObject({ run: { run: { queue: [1], eve: '-' } }, settings: { diagnostics: [] } });
  }); // prettier-ignore

  it('where it has a mistake, nothing runs', async () => {
    expect(await options('[run]\nqueue = 1\nquue = 2\n')).toBe(1);
  });
});

describe('mistakes have a place and advice', () => {
  it.each([
    ['[run]\nqueu = 1', 'E1007 2:1 `queu` is not a setting; did you mean `queue`?'],
    ['# run.x\n[params]\nx = "run"\n[run]\n  x.y = 1', 'E1007 5:3 `x` is not a setting; `[run]` takes `queue`, `driver`,'],
    ['queue = 1', 'E1007 1:1 `queue` is not a setting; `queue` stands below a line `[run]`'],
    ['[fail]\ntrap = "drop"', 'E1007 1:2 `fail` is not a setting; '],
    ['[zz]', 'E1007 1:2 `zz` is not a setting; the tables are `[params]`, `[lint]`, `[run]`, `[failure]` and `[trust]`'],
    ['run = 1', 'E1008 1:1 this cannot be the value of `run`; it is a table'],
    ['[[run]]\nqueue = 1', 'E1008 1:3 this cannot be the value of `run`; it is a table'],
    ['[run.queue]\na = 1', 'E1008 1:6 this cannot be the value of `queue`; it is a number from 0 to 65535'],
    ['[run]\nqueue = { a = 1 }', 'E1008 2:1 this cannot be the value of `queue`; it is a number from 0 to 65535'],
    ['[run]\nqueue = 65536', 'E1008 2:1'],
    ['[run]\nqueue = 1.5', 'E1008 2:1'],
    ['[run]\nqueue = 99999999999999999999', 'E1008 2:1'],
    ['[run]\nqueue = nan', 'E1008 2:1'],
    ['[run]\nstats = inf', 'E1008 2:1'],
    ['[run]\neve = ""', 'E1008 2:1'],
    ['[run]\neve = "a\\u0000b"', 'E1008 2:1'],
    ['[run]\nmetrics = "localhost:65536"', 'E1008 2:1'],
    ['[run]\nmetrics = "a:b:1"', 'E1008 2:1'],
    ['[run]\nchain = ["INPUT", ["OUTPUT"]]', 'E1008 2:1'],
    ['[run]\nchain = []', 'E1008 2:1'],
    ['[run]\ninstall = "true"', 'E1008 2:1 this cannot be the value of `install`; it is `true` or `false`'],
    ['[failure]\ntrap = "pass"', 'E1008 2:1 this cannot be the value of `trap`; it is `accept` or `drop`'],
    ['[lint]\nx.y = 1', 'W1004 2:1'],
    ['[run]\n__proto__ = 1', 'E1007 2:1'],
    ['__proto__.queue = 1', 'E1007 1:1'],
    ['[run]\nconstructor = 1', 'E1007 2:1'],
    ['[run]\nqueue = 1\nqueue = 2', 'E1006 3:1 this file of settings is not TOML: '],
    ['[run]\nqueue = ', 'E1006 2:9'],
    [`[run]\neve = ${'['.repeat(60_000)}${']'.repeat(60_000)}`, 'E1006 1:1'],
    [`[run]\neve = "${'x'.repeat(900_000)}"`, 'E10'],
  ])('%.40s', (toml, expected) => {
    const found = findings(toml);
    expect(found).toHaveLength(1);
    expect(String(found[0]).startsWith(expected) || found[0]).toBe(true);
  }); // prettier-ignore

  it('each key is said once, however often it stands', () => {
    expect(findings('zz.a = 1\nzz.b = 2\n[run]\nx.a = 1\nx.b = 2\n')).toEqual([
      expect.stringContaining('E1007 1:1 `zz`'),
      expect.stringContaining('E1007 4:1 `x`'),
    ]);
  });

  it('no text makes reading throw, and each finding is within the file', () => {
    const word = fc.constantFrom('run', 'failure', 'params', 'queue', '[', ']', '[[', '=', '.', '"', "'''", '{', '}', ',', '1', '\n', ' ', '#', '-', 'é', '\\u00', '\u0000');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const toml = words.join('');
        for (const { labels } of config(toml).settings.diagnostics)
          for (const { span } of labels) expect(span.end <= toml.length || span.file !== file()).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  }); // prettier-ignore
});
