/** What ships, and what the pages show, has the form that the formatter gives: `sigward fmt rules stdlib` puts it right. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../cli/paths.js';
import { format } from '../../grammar/format.js';
import { blocksOf } from '../docs/blocks.js';

const files = ['rules', 'stdlib'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith('.sig'))
    .map((name) => `${folder}/${name}`),
);

test.each(files)('%s', (file) => {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  expect(format(file, text).text).toBe(text);
});

const examples = ['spec.md', 'README.md']
  .flatMap((page) => blocksOf(join(packageRoot, page)).map((block) => ({ ...block, page })))
  .filter(({ language }) => language === 'sig');

test.each(examples)('$page:$line', ({ page, text, attributes }) => {
  const formatted = format(page, text);
  expect(formatted.text === undefined).toBe(attributes['error']?.startsWith('E02') === true);
  if (formatted.text !== undefined) expect(formatted.text.trimEnd()).toBe(text.trimEnd());
});
