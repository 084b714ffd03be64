import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../support/skip.js';
import { provideDriver } from './driver.js';

const why = needs('linux');

describe.skipIf(why !== undefined)('provideDriver', () => {
  let root: string;
  let asked: string[];
  let said: string[];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'sigward-driver-'));
    [asked, said] = [[], []];
  });

  afterEach(() => rmSync(root, { recursive: true }));

  /** A package that loads, or one that was not built. */
  function put(built: boolean): void {
    const folder = join(root, 'node_modules/nfqueue');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "name": "nfqueue", "main": "./main.js" }');
    writeFileSync(join(folder, 'main.js'), built ? '' : 'require("./build/Release/nfqueue")');
  }

  /** With an npm that succeeds, and after which the package loads or does not. */
  const provide = (then: () => void, ok = true): Promise<void> =>
    provideDriver(
      root,
      (line) => said.push(line),
      (_, args) => {
        asked.push(args.slice(0, 2).join(' '));
        then();
        return Promise.resolve({ ok, output: 'node-gyp: no headers' });
      },
    );

  it('does nothing where the package loads', async () => {
    put(true);
    await provide(() => undefined);
    expect([asked, said]).toEqual([[], []]);
  });

  it('has npm install it where npm has left it out', async () => {
    await provide(() => put(true));
    expect([asked, said]).toEqual([['install --no-save'], []]);
  });

  it('has npm build it where it is there and does not load', async () => {
    put(false);
    await provide(() => put(true));
    expect([asked, said]).toEqual([['rebuild nfqueue'], []]);
  });

  it('says why it is not to be had, also where npm is content', async () => {
    for (const ok of [true, false]) await provide(() => undefined, ok);
    expect(said).toHaveLength(2);
    for (const line of said)
      expect(line).toMatch(/no headers\nit could not be built, so the tests of that driver are left out$/);
  });
});
