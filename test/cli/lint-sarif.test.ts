/**
 * `sigward lint --format sarif` against what the schema of SARIF 2.1.0 (OASIS, 2020) demands of the objects that it has: which
 * properties there are, which must be there, of what kind, and nothing else.
 */
import { describe, expect, it } from 'vitest';
import { LINT_NAMES } from '../../compiler/lint/all.js';
import { signatureWith } from '../lint/linted.js';
import { inFolder } from './in-process.js';

type Check = (value: unknown, at: string) => string[];

const text: Check = (value, at) => (typeof value === 'string' ? [] : [`${at} is no text`]);
const natural =
  (least: number): Check =>
  (value, at) =>
    Number.isSafeInteger(value) && Number(value) >= least ? [] : [`${at} is no number from ${least}`];
const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : [`${at} is no boolean`]);
const oneOf =
  (...words: readonly unknown[]): Check =>
  (value, at) =>
    words.includes(value) ? [] : [`${at} is ${JSON.stringify(value)}`];
const list =
  (of: Check, least = 0): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return [`${at} is no array`];
    return [
      ...(value.length < least ? [`${at} is too short`] : []),
      ...value.flatMap((one, i) => of(one, `${at}[${i}]`)),
      ...(new Set(value.map((one) => JSON.stringify(one))).size < value.length ? [`${at} has two that are alike`] : []),
    ];
  };
const map =
  (of: Check): Check =>
  (value, at) =>
    Object.entries(value as object).flatMap(([key, one]) => of(one, `${at}.${key}`));
/** A name with `!` behind it must be there. */
const object =
  (properties: Readonly<Record<string, Check>>): Check =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
    const known = new Map(Object.entries(properties).map(([name, check]) => [name.replace('!', ''), check]));
    const missing = Object.keys(properties).filter((name) => name.endsWith('!') && !(name.slice(0, -1) in value));
    return [
      ...missing.map((name) => `${at}.${name} is missing`),
      ...Object.entries(value).flatMap(
        ([name, one]) => known.get(name)?.(one, `${at}.${name}`) ?? [`${at}.${name} is unknown`],
      ),
    ];
  };
/** RFC 3986: no blank, no quotation mark, no backslash, no character beyond ASCII. */
const uriReference: Check = (value, at) =>
  typeof value === 'string' && /^[\w\-.~!$&'()*+,;=:@%/?#[\]]+$/.test(value)
    ? []
    : [`${at} is ${JSON.stringify(value)}`];

const level = oneOf('none', 'note', 'warning', 'error');
const message = object({ 'text!': text });
const region = object({
  'startLine!': natural(1), 'startColumn': natural(1), 'endLine': natural(1), 'endColumn': natural(1),
}); // prettier-ignore
const artifactLocation = object({ 'uri!': uriReference });
const physicalLocation = object({ 'artifactLocation!': artifactLocation, region });
const location = object({ id: natural(0), 'physicalLocation!': physicalLocation, message });
const replacement = object({ 'deletedRegion!': region, insertedContent: object({ 'text!': text }) });
const fix = object({
  description: message,
  'artifactChanges!': list(object({ 'artifactLocation!': artifactLocation, 'replacements!': list(replacement, 1) }), 1),
});
const rule = object({
  'id!': text,
  shortDescription: object({ 'text!': text }),
  help: object({ 'text!': text, markdown: text }),
  defaultConfiguration: object({ enabled: flag, level }),
});
const result = object({
  ruleId: text,
  ruleIndex: natural(0),
  level,
  'message!': message,
  locations: list(location),
  relatedLocations: list(location),
  fixes: list(fix),
  partialFingerprints: map(text),
});
const log = object({
  $schema: text,
  'version!': oneOf('2.1.0'),
  'runs!': list(
    object({
      'tool!': object({ 'driver!': object({ 'name!': text, version: text, rules: list(rule) }) }),
      columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
      results: list(result),
    }),
  ),
});

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
    expect(log(await sarif(files, ...args), 'log')).toEqual([]);
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
