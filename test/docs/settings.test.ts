/** `docs/settings.md` names every setting, as the program takes it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../cli/config.js';
import { packageRoot } from '../../cli/paths.js';
import { RUN_TABLES, written } from '../../cli/run-settings.js';
import type { SettingTable } from '../../cli/setting.js';
import { blocksOf } from './blocks.js';

const page = join(packageRoot, 'docs/settings.md');
const text = readFileSync(page, 'utf8');
const BETWEEN = /(?<=<!-- settings -->\n)[^]*(?=<!-- \/settings -->)/;

/** Columns of Markdown are parted by bars. */
const cell = (words: string): string => words.replaceAll('|', '\\|');

function tableOf([name, settings]: readonly [string, SettingTable]): string {
  const rows = Object.entries(settings).map(([key, { flags, help, expects, fallback }]) =>
    [`\`${written(key)}\``, `\`${flags}\``, help, expects, fallback].map(cell).join(' | '),
  );
  const head = '| key | flag | what it says | value | default |\n| --- | --- | --- | --- | --- |';
  return `\n## \`[${name}]\`\n\n${head}\n${rows.map((row) => `| ${row} |\n`).join('')}`;
}

it('names every setting with its flag, its value and its default', () => {
  const expected = `${Object.entries<SettingTable>(RUN_TABLES).map(tableOf).join('')}\n`;
  if (process.env['SIGWARD_UPDATE'] === '1')
    writeFileSync(
      page,
      text.replace(BETWEEN, () => expected),
    );
  else expect(BETWEEN.exec(text)?.[0]).toBe(expected);
});

it('shows a file that is taken as it stands', () => {
  const [example] = blocksOf(page).filter(({ language }) => language === 'toml');
  const path = join(tmpdir(), `sigward-settings-${String(process.pid)}.toml`);
  writeFileSync(path, example?.text ?? '');
  const { settings, levels, run } = readConfig(path);
  rmSync(path);
  expect(settings.diagnostics).toEqual([]);
  expect([settings.values.size, levels.size, ...Object.values(run).map((table) => Object.keys(table).length)]).toEqual([
    1, 1, 3, 1, 1,
  ]);
});
