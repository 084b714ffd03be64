import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { literalRules, rulesetOf } from '../../../bench/engine/rulesets.js';
import { headerRules } from '../../../bench/figure4/header-rules.js';
import { literalSet } from '../../../bench/workload/literals.js';
import { ruleLiterals } from '../../../bench/workload/rule-literals.js';

const folder = mkdtempSync(join(os.tmpdir(), 'sigward bench '));
afterAll(() => rmSync(folder, { recursive: true }));

const plain = (literals: ReturnType<typeof ruleLiterals>) =>
  literals.map(({ bytes, nocase }) => ({ hex: Buffer.from(bytes).toString('hex'), nocase }));

test('each literal has a signature that looks for just these bytes', () => {
  const all = [...Array(256).keys()].map((byte) => ({
    bytes: Uint8Array.of(byte, 34, 92, byte),
    nocase: byte % 2 === 0,
  }));
  const literals = [...literalSet(300), ...all];
  const ruleset = rulesetOf(literalRules(literals), folder);
  expect(ruleset.signatures).toHaveLength(literals.length);
  expect(plain(ruleLiterals(ruleset))).toEqual(plain(literals));
});

test('header signatures are valid, all different, ask for no payload, and a larger set begins with a smaller one', () => {
  const text = headerRules(2000);
  const ruleset = rulesetOf(text, folder);
  expect(ruleset.signatures).toHaveLength(2000);
  expect(ruleLiterals(ruleset)).toEqual([]);
  const conditions = text
    .trim()
    .split('\n')
    .map((line) => /when (.*) then/.exec(line)?.[1]);
  expect(new Set(conditions).size).toBe(2000);
  expect(text.startsWith(headerRules(200))).toBe(true);
});

test('a ruleset of no signatures is one; what is wrong is refused with the reason', () => {
  expect(rulesetOf('', folder).signatures).toEqual([]);
  expect(() => rulesetOf('signature a { when tcp.nothing == 1 then log }', folder)).toThrow(/nothing/);
});
