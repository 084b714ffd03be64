/** A file is refused unless it is exactly what was written, and the refusal says what to do. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Artefact, decodeArtefact, encodeArtefact, manifestIn } from '../../../compiler/artefact/artefact.js';
import { packSections, type Section, unpackSections } from '../../../compiler/artefact/container.js';
import type { Formula } from '../../../compiler/logic/formula.js';
import type { Field, Layout } from '../../../compiler/logic/layout.js';
import type { Value } from '../../../compiler/logic/value.js';
import type { Actions, Module, Policy, Ruleset, Signature } from '../../../compiler/ruleset.js';
import { compiled } from '../../support/compile.js';
import { runs } from '../../support/runs.js';
import { sha256 } from '../../../runtime/sha256.js';

const TEXT = `param home = { 10.0.0.0/8 }
signature probe { id 7 title "a – probe" severity high when ip.src in home and payload contains "x" as a and payload.u8(a.end) == 3 then drop }
`;
const ruleset = compiled(TEXT);
const input = {
  ruleset,
  sources: [{ file: 'main.sig', name: 'rules/main.sig', text: TEXT }],
  code: Uint8Array.of(1, 2, 3),
  hash: 'sha256:00',
  sigward: '1.2.3',
};
const file = encodeArtefact(input, sha256);
const decode = (bytes: Uint8Array): ReturnType<typeof decodeArtefact> => decodeArtefact(bytes, 'a.sigc', sha256);
const refusal = (bytes: Uint8Array): string => {
  const { value, diagnostics } = decode(bytes);
  expect(value).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  return diagnostics.map(({ code, message, help }) => `${code}: ${message}; ${help ?? ''}`).join();
};

/** Something of each kind, by hand: what the standard library or the checker makes of rules may change. */
const everything: Ruleset = (() => {
  const span = { file: 'x.sig', start: 300, end: 305 };
  const at = { layout: 0, slot: 1, entry: { list: 0, case: 0 } };
  const place = { name: 'f', offset: 4, width: 12, type: 'int' } as const;
  const constant = (value: bigint): Value => ({ kind: 'Constant', value });
  const read = { bytes: 'transport', position: { kind: 'Occurrence', name: 2 } } as const;
  const literal = { bytes: Uint8Array.of(0, 255), nocase: true, first: 0, last: -1 };
  const values: Value[] = [
    constant(-5n),
    constant(4n << 128n),
    { kind: 'Field', header: at, field: place },
    { kind: 'Last', space: 's', of: at },
    { kind: 'Length', bytes: [at] },
    { kind: 'Read', ...read, size: 4, little: true },
    { kind: 'Digits', ...read, most: 10, base: 16 },
    { kind: 'Negate', of: { kind: 'Arithmetic', operator: '<<', left: constant(1n), right: constant(2n) } },
  ];
  const own: Value = { kind: 'Field', header: { layout: 0, slot: 'current' }, field: place };
  const value: Value = { kind: 'First', of: values };
  const set = [{ low: -(1n << 140n), high: 0n }, { low: 2n, high: 1n << 100n }]; // prettier-ignore
  const window = { first: value, last: constant(300n) };
  const atoms: Formula[] = [
    { kind: 'Present', header: at, span },
    { kind: 'PresentBytes', bytes: [at], span },
    { kind: 'Malformed', layout: 0, list: 0, span },
    { kind: 'Packet', property: 'too_deep', span },
    { kind: 'Compare', operator: '>=', left: value, right: constant(1n), span },
    { kind: 'Member', value, set, negated: true, span },
    { kind: 'Contains', bytes: 'transport', literal, window, negated: false, span },
  ];
  const where: Formula = { kind: 'And', of: [{ kind: 'True' }, { kind: 'Or', of: atoms }] };
  const occurs: Formula = { kind: 'Occurs', bytes: 'transport', literal, name: 2, where, span };
  const checksum = { kind: 'Checksum', function: 'crc32c', over: ['header', 'payload'] } as const;
  const fields: Field[] = [
    { ...place, peek: true, flags: new Map([['A', 1n]]), initial: { kind: 'Auto' } },
    { ...place, peek: false, initial: { kind: 'Value', value: 7n }, constraint: { operator: '==', value: 7n } },
    { ...place, peek: false, initial: checksum },
  ];
  const [selector] = fields as [Field];
  const cases = [{ value: 1n, name: 'c', action: 'entry', fields, minimum: 2, size: constant(2n) } as const];
  const layout: Layout = {
    ...{ name: 'h', index: 0, keys: [{ space: 's', values: [6n] }], slots: 2, repeats: true },
    ...{ role: 'network', label: 'H', fields, minimum: 20, reach: 40, size: constant(20n) },
    lists: [{ name: 'l', start: 20, until: own, selector, cases }],
    extent: { value: constant(90n), when: { kind: 'False' } },
    next: [{ space: 's', value: constant(3n), when: { kind: 'True' } }],
    ends: { name: 'e', source: place, destination: place },
  };
  const signature: Signature = {
    ...{ name: 'n', id: 1, rev: 2, title: 't', severity: 'low', class: 'c', tags: ['g'], meta: { k: 'v' }, span },
    ...{ refs: [{ kind: 'cve', value: 'x' }], when: { kind: 'Not', of: occurs }, log: true, verdict: 'reject' },
    count: { by: [constant(1n)], more: 20, nanoseconds: 10n ** 10n },
    limit: { by: [], most: 1, nanoseconds: 10n ** 18n },
    mark: { value: 1, mask: 0xffff_ffff },
    ...{ delay: 5n, module: 1 },
  };
  const { count: _count, module: _module, ...plain } = signature;
  const other: Signature = { ...plain, forward: [1] };
  const modules: Module[] = [
    { name: 'a', on: { kind: 'True' }, span },
    { name: 'b', parent: 0, on: atoms[0] as Formula, span },
  ];
  const actions = { ...{ log: false, verdict: 'pass', delay: 1n, forward: [0, 1] }, limit: signature.limit };
  const policy: Policy = {
    ...{ name: 'p', protect: [{ networks: set, modules: [0, 1] }], otherwise: 'drop', disabled: [0], span },
    overrides: [{ signature: 1, actions: actions as Actions }],
  };
  const views = [{ name: 'v', headers: [0], fields: [{ name: 'f', value: constant(1n) }] }];
  const rest = { tests: [], modules, policies: [policy], policy };
  return { layouts: [layout], views, signatures: [signature, other], ...rest };
})();

describe('an artefact', () => {
  const { value, diagnostics } = decode(file);
  const artefact = value as Artefact;

  test('gives back what it was made of, without tests', () => {
    expect(diagnostics).toEqual([]);
    expect(artefact.ruleset.signatures[0]).toMatchObject({ name: 'probe', id: 7, verdict: 'drop' });
    expect(artefact.ruleset.signatures[0]?.span).toEqual({ ...ruleset.signatures[0]?.span, file: 'rules/main.sig' });
    expect(artefact.code).toEqual(input.code);
    expect(artefact.lines).toEqual([{ name: 'rules/main.sig', starts: [28, TEXT.length] }]);
  });

  test('says what it is', () => {
    expect(artefact.manifest).toEqual({
      format: 2,
      language: 1,
      sigward: '1.2.3',
      ruleset: 'sha256:00',
      counts: { layouts: ruleset.layouts.length, signatures: 1, sources: 1 },
      modules: ruleset.modules.map(({ name, parent }) => {
        return { name, ...(parent !== undefined && { parent: ruleset.modules[parent]?.name }), signatures: [] };
      }),
      policies: [],
      signatures: [{ name: 'probe', id: 7, rev: 1, title: 'a – probe', severity: 'high', class: '' }],
      sources: [{ name: 'rules/main.sig', sha256: createHash('sha256').update(TEXT).digest('hex') }],
    });
  });

  test('depends on nothing but its input', () => {
    const other = { ...input, sources: [{ file: 'main.sig', name: 'rules/main.sig', text: TEXT }] };
    expect(encodeArtefact({ ...other, ruleset: compiled(TEXT) }, sha256)).toEqual(file);
  });

  test('has a form that does not change unnoticed: raise FORMAT with it', () => {
    const bytes = encodeArtefact({ ...input, ruleset: everything, sources: [] }, sha256);
    expect(decode(bytes).value?.ruleset).toEqual(everything);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'd22277e839bd63259e7a8552ba85f23f567e8c2b442dbccde49bc7f8a35b5cff',
    );
  });
});

describe('a file is refused', () => {
  test('that is something else', () => {
    const said = 'E1601: `a.sigc` is not a compiled ruleset; make one by `sigward compile RULES… -o FILE.sigc`';
    expect(refusal(new Uint8Array())).toBe(said);
    expect(refusal(Buffer.from(TEXT))).toBe(said);
    expect(refusal(Buffer.from('\x7fELF'))).toBe(said);
    // What a transfer does that takes it for text.
    expect(refusal(Buffer.from(Buffer.from(file).toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))).toBe(said);
  });

  test('of a newer version, whatever follows', () => {
    const newer = file.slice();
    newer[8] = 3;
    const said =
      'E1602: `a.sigc` has format 3, and this sigward reads format 2; update sigward, or compile the rules with this one';
    expect(refusal(newer)).toBe(said);
    expect(refusal(newer.subarray(0, 16))).toBe(said);
  });

  test('that ends anywhere before its end', () => {
    for (let length = 1; length < file.length; length += length < 400 ? 1 : 97) {
      expect(refusal(file.subarray(0, length))).toMatch(
        /^E1603: `a.sigc` is cut off: it has \d+ bytes, and should have at least \d+; copy it again, or compile/,
      );
    }
  });

  test('with something behind its end', () => {
    expect(refusal(Buffer.concat([file, Buffer.of(0, 0)]))).toContain(
      'E1604: `a.sigc` is not as it was written: 2 bytes follow behind its end',
    );
  });

  test('of which a section is altered, which is said', () => {
    const altered = file.slice();
    altered[altered.length - 1] = 9;
    expect(refusal(altered)).toContain(
      'E1604: `a.sigc` is not as it was written: its section `code` has another SHA-256 than its table says',
    );
    const { value } = unpackSections(altered, 'a.sigc', sha256);
    expect(value.map(({ name, isIntact }) => [name, isIntact])).toEqual([
      ['manifest', true],
      ['logic/root', true],
      ['code', false],
    ]);
    expect(manifestIn(value, 'a.sigc')?.sigward).toBe('1.2.3');
  });

  test('with any of its bytes changed', () => {
    const change = fc.record({ at: fc.nat(file.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(fc.uniqueArray(change, { minLength: 1, maxLength: 4, selector: ({ at }) => at }), (changes) => {
        const altered = file.slice();
        for (const { at, by } of changes) altered[at] = (altered[at] ?? 0) ^ by;
        expect(refusal(altered)).toMatch(/^E160[1234]: /);
      }),
      { numRuns: runs(500) },
    );
  });

  test('with any of its bytes at another place', () => {
    const part = fc.tuple(fc.nat(file.length), fc.nat(file.length)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), fc.uint8Array({ maxLength: 20 }), (parts, more) => {
        const made = Buffer.concat([...parts.map(([a, b]) => file.subarray(a, b)), more]);
        fc.pre(!made.equals(file));
        expect(refusal(made)).toMatch(/^E160[1234]: /);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('a file with the right hashes is refused', () => {
  const { value: sections } = unpackSections(file, 'a.sigc', sha256);
  const replaced = (name: string, bytes: Uint8Array): string =>
    refusal(packSections(sections.map((s): Section => (s.name === name ? { name, bytes } : s)), sha256)); // prettier-ignore
  const manifest = Buffer.from(sections[0]?.bytes ?? []).toString('utf8');

  test.each(['manifest', 'logic/root', 'code'])('without its section %s', (name) => {
    expect(refusal(packSections(sections.filter((s) => s.name !== name), sha256))).toContain(
      `E1605: \`a.sigc\` was not written by sigward: in its section \`${name}\`, there is none`,
    ); // prettier-ignore
  });

  test.each([
    ['not JSON', '{', 'the manifest is not JSON'],
    ['nothing', 'null', 'the manifest lacks something'],
    ['deep', '['.repeat(100_000) + ']'.repeat(100_000), 'the manifest lacks something'],
    ['incomplete', manifest.replace('"sigward"', '"other"'), 'the manifest lacks something'],
    ['of other types', manifest.replace('"id":7', '"id":-7'), 'the manifest lacks something'],
  ])('whose manifest is %s', (_, text, why) => {
    expect(replaced('manifest', Buffer.from(text))).toContain(`in its section \`manifest\`, ${why}`);
  });

  test('whose manifest is not text', () => {
    expect(replaced('manifest', Uint8Array.of(0xff))).toContain('a text is not UTF-8');
  });

  test('whose logic says of itself that it is huge', () => {
    const huge = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f);
    expect(replaced('logic/root', huge)).toContain('in its section `logic/root`, a length is beyond the end');
    expect(replaced('logic/root', new Uint8Array(9).fill(0xff))).toContain('a number is too large');
  });
});
