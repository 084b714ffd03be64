// The checks that read the sources: each is a script of package.json, so that `npm run lint` and this are the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../bin/steps.js';

/** In this order: what a later tool says is of little use while an earlier one fails. */
export const STATIC_CHECKS = ['types', 'lint', 'format', 'structure', 'unused'];

/**
 * Runs one of them without npm in between, which would cost half a second each.
 * @param {string} root
 * @param {string} name
 */
export function runStatic(root, name) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  /** @type {string | undefined} */
  const script = manifest.scripts[name];
  if (script === undefined) return Promise.resolve({ ok: false, output: `package.json has no script \`${name}\`\n` });
  const [tool = '', ...args] = script.split(' ');
  return run(join(root, 'node_modules', '.bin', tool), args, { cwd: root });
}
