// The npm package `nfqueue`, built where that can be done: npm leaves an optional package out where its build fails, and on a
// new machine it comes before the compiler and the headers that test/all.js installs.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../bin/setup.js';
import { excerpt, run, step } from '../../bin/steps.js';

/**
 * Sees to it that the package loads; says why it does not, and fails nothing: the tests of that driver then skip.
 * @param {string} root the clone
 * @param {(line: string) => void} say
 * @param {typeof npm} [ask] what runs npm; a test puts its own in place of it
 */
export async function provideDriver(root, say, ask = npm) {
  if (process.platform !== 'linux' || (await loads(root))) return;
  const there = existsSync(join(root, 'node_modules', 'nfqueue', 'package.json'));
  // `rebuild` finds nothing to do where the package was left out, and `install` where it was not.
  const args = there ? ['rebuild', 'nfqueue'] : ['install', '--no-save', '--include=dev', '--include=optional'];
  const { ok, output } = await step('building the nfqueue package', async () => {
    const outcome = await ask(root, [...args, '--no-audit', '--no-fund']);
    return { ok: outcome.ok && (await loads(root)), output: outcome.output };
  });
  if (!ok) say(`${excerpt(output)}\nit could not be built, so the tests of that driver are left out`);
}

/** @param {string} root */
async function loads(root) {
  return (await run(process.execPath, ['-e', 'require("nfqueue")'], { cwd: root })).ok;
}
