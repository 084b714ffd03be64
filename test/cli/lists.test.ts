/** Lists on the disk: what cannot be read is said where it is named, and whoever watches the rules knows of them. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';

const RULES = 'const bad = file "list.txt"\nsignature s { id 1 title "s" severity low when ip.src in bad then log }\n';

const start = process.cwd();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-lists-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

/** A folder of its own with the rules in it. */
function place(name: string): string {
  mkdirSync(name);
  writeFileSync(join(name, 'rules.sig'), RULES);
  return name;
}

function enormous(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 65 * 1024 * 1024);
}

describe('a list that cannot be read', () => {
  it.each([
    ['missing', () => undefined, 'there is no such file'],
    ['folder', (path: string) => mkdirSync(path), 'it is a folder'],
    ['device', (path: string) => symlinkSync('/dev/zero', path), 'it is no regular file'],
    ['binary', (path: string) => writeFileSync(path, Buffer.from('10.0.0.1\n\0')), 'it holds bytes that are not text'],
    ['latin', (path: string) => writeFileSync(path, Buffer.from('# caf\xe9\n', 'latin1')), 'it holds bytes that are not text'],
    ['huge', enormous, 'it has more than 64 MB'],
  ])('%s', (name, make, why) => {
    const there = place(name);
    make(join(there, 'list.txt'));
    const { diagnostics, reached } = loadRules([`${there}/rules.sig`]);
    expect(diagnostics.map((d) => [d.code, d.message])).toEqual([['E0304', `cannot read the list \`list.txt\`: ${why}`]]);
    expect(diagnostics[0]?.labels[0]?.span).toEqual({ file: `${there}/rules.sig`, start: 17, end: 27 });
    expect(reached).toContain(`${there}/list.txt`);
  }); // prettier-ignore
});

describe('a list that can', () => {
  it('is found from beside the file that names it, through folders, and by an absolute path', () => {
    const there = place('right');
    mkdirSync('right/feeds');
    writeFileSync('right/feeds/a.txt', '10.0.0.1\n');
    for (const path of [
      'feeds/a.txt',
      './feeds/../feeds/a.txt',
      '../right/feeds/a.txt',
      join(folder, 'right/feeds/a.txt'),
    ]) {
      writeFileSync('right/rules.sig', RULES.replace('list.txt', path));
      for (const root of [`${there}/rules.sig`, join(folder, there, 'rules.sig'), `./${there}`]) {
        const { diagnostics, ruleset } = loadRules([root]);
        expect(diagnostics).toEqual([]);
        expect(ruleset.signatures).toHaveLength(1);
      }
    }
  });

  it('shows its mistakes at their places, and has a text for their frames', () => {
    const there = place('wrong');
    writeFileSync('wrong/list.txt', '10.0.0.1\n  10.0.0.1/8\n');
    const { diagnostics, texts } = loadRules([there]);
    const span = diagnostics[0]?.labels[0]?.span;
    expect([diagnostics.length, diagnostics[0]?.code, span?.file]).toEqual([1, 'E0108', 'wrong/list.txt']);
    expect(texts.get('wrong/list.txt')?.slice(span?.start, span?.end)).toBe('10.0.0.1/8');
  });
});
