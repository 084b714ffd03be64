/** `sigward lint --format sarif` against the schema of SARIF 2.1.0 (OASIS), as Microsoft's SDK has it. */
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import ajvOfDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { LINT_NAMES } from '../../compiler/lint/all.js';
import { signatureWith } from '../lint/linted.js';
import { inFolder } from './in-process.js';

const ajv = new ajvOfDraft4.default({ allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isValid = ajv.compile(schema);

/** Where a log is not as the schema demands. */
function faultsOf(log: unknown): readonly string[] {
  return isValid(log)
    ? []
    : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations?: readonly { readonly physicalLocation: unknown }[];
      readonly fixes?: unknown;
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

async function sarif(files: Readonly<Record<string, string>>, ...args: string[]): Promise<Log> {
  const { stdout } = await inFolder(files, ['lint', '--format', 'sarif', ...args]);
  return JSON.parse(stdout) as Log;
}

const SYN = signatureWith('tcp.flags == SYN');
const NOCASE = signatureWith('udp and payload contains hex"90 90 90 90" nocase', { name: 'y', id: 2 });

describe('a log', () => {
  it.each([
    ['of findings, with fixes and further places', { 'a b/ä.sig': `${SYN}${NOCASE.replace('of y', 'of x')}` }, ['.']],
    ['of what the checker says', { 'a.sig': 'signature x { when tcp then log }\nconst a = b\n' }, ['.']],
    ['of what has no place', {}, ['no.sig']],
    ['of nothing', { 'a.sig': signatureWith('tcp') }, ['a.sig']],
  ])('%s has the form', async (_, files, args) => {
    expect(faultsOf(await sarif(files, ...args))).toEqual([]);
  });

  it('without what the schema demands, or with what it does not know, would be found out', async () => {
    const log = await sarif({ 'a.sig': SYN }, 'a.sig');
    const [run] = log.runs;
    expect(faultsOf({ ...log, runs: [{ ...run, tool: {} }] })).toContain(
      "/runs/0/tool must have required property 'driver'",
    );
    expect(faultsOf({ ...log, runs: [{ ...run, columns: 1 }] })).toContain(
      '/runs/0 must NOT have additional properties',
    );
    const results = run?.results.map((result) => ({ ...result, level: 'fatal' }));
    expect(faultsOf({ ...log, runs: [{ ...run, results }] })).toContain(
      '/runs/0/results/0/level must be equal to one of the allowed values',
    );
  });

  it('has a rule for each lint, and results point at theirs', async () => {
    const { runs } = await sarif({ 'a.sig': `${SYN}${NOCASE.replace(/ {2}id .*\n/, '')}` }, 'a.sig');
    const [run] = runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(rules).toEqual([...LINT_NAMES, 'W0801']);
    expect(run?.results.map(({ ruleId, ruleIndex }) => [ruleId, rules[ruleIndex]])).toEqual([
      ['W0801', 'W0801'],
      ['flags-equal', 'flags-equal'],
      ['pointless-modifier', 'pointless-modifier'],
    ]);
  });

  it('has places, levels and fixes as they are', async () => {
    const { runs } = await sarif({ 'ä b.sig': NOCASE }, '.', '--level', 'pointless-modifier=error');
    expect(runs[0]?.results).toMatchObject([
      {
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: '%C3%A4%20b.sig' },
              region: { startLine: 7, startColumn: 54, endLine: 7, endColumn: 60 },
            },
          },
        ],
        fixes: [
          {
            artifactChanges: [
              {
                artifactLocation: { uri: '%C3%A4%20b.sig' },
                replacements: [{ deletedRegion: { startLine: 7, startColumn: 53, endLine: 7, endColumn: 60 }, insertedContent: { text: '' } }],
              },
            ],
          },
        ],
      },
    ]); // prettier-ignore
  });

  it('gives a finding the same fingerprint where its lines have moved, and none twice', async () => {
    const prints = async (file: string): Promise<string[]> => {
      const { runs } = await sarif({ 'a.sig': file }, 'a.sig');
      return runs[0]?.results.map((one) => one.partialFingerprints['sigwardFinding/v1'] ?? '') ?? [];
    };
    const twice = SYN.replace('tcp.flags == SYN', 'tcp.flags == SYN or tcp.flags == SYN');
    const [first, second] = await prints(twice);
    expect(first).toMatch(/^[\da-f]{32}$/);
    expect(first).not.toBe(second);
    expect(await prints(`// moved\n\n${SYN.replace('tcp.flags == SYN', 'tcp.flags\n == SYN')}`)).toEqual([first]);
  });
});
