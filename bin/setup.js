// What a clone needs before it can run: its packages, and dist/. Both are left alone where nothing has changed, so that
// this costs a fraction of a second in front of every `npm start` and `npm test`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, step, excerpt } from './steps.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What tsconfig.build.json takes in. */
const SOURCES = ['grammar', 'compiler', 'runtime', 'cli', 'editor/service', 'editor/server', 'lab', 'bench'];

/**
 * Installs and builds what is missing or out of date; on a failure it says why and sets exit status 1.
 * @param {string} [root] the clone
 */
export async function prepare(root = ROOT) {
  const ready = (await install(root)) && (await build(root));
  if (!ready) process.exitCode = 1;
}

/** @param {string} root */
async function install(root) {
  const stamp = join(root, 'node_modules', '.sigward-lock');
  const wanted = fingerprint(root, ['package-lock.json']);
  if (read(stamp) === wanted) return true;
  const { ok, output } = await step('installing packages', () =>
    npm(root, ['ci', '--include=dev', '--no-audit', '--no-fund']),
  );
  if (ok) writeFileSync(stamp, wanted);
  else explain(output, 'npm could not install the packages; if the network is at fault, run this again');
  return ok;
}

/**
 * npm as it was started, or the one on the PATH where this was started without npm.
 * @param {string} root
 * @param {string[]} args
 */
export function npm(root, args) {
  const self = process.env['npm_execpath'];
  const options = { cwd: root, env: ownHeaders() };
  if (self?.endsWith('npm-cli.js')) return run(process.execPath, [self, ...args], options);
  return run('npm', args, options);
}

/**
 * Where Node's headers came with it, node-gyp need not fetch them.
 * @returns {Record<string, string>}
 */
function ownHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
}

/** @param {string} root */
async function build(root) {
  const sources = SOURCES.flatMap((folder) => filesUnder(root, folder)).filter((file) => file.endsWith('.ts'));
  const stamp = join(root, 'dist', '.sigward-build');
  const wanted = fingerprint(root, [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
  if (read(stamp) === wanted) return true;
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { ok, output } = await step('building', () =>
    run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root }),
  );
  if (!ok) explain(output, 'the sources do not compile');
  else finishBuild(root, sources, stamp, wanted);
  return ok;
}

/**
 * tsc never deletes: a module whose source has gone would still be found by whatever imports it.
 * @param {string} root
 * @param {string[]} sources
 * @param {string} stamp
 * @param {string} wanted
 */
function finishBuild(root, sources, stamp, wanted) {
  const built = new Set(sources.map((file) => join('dist', file.replace(/\.ts$/, '.js'))));
  for (const file of filesUnder(root, 'dist')) {
    if (/\.js(\.map)?$/.test(file) && !built.has(file.replace(/\.map$/, ''))) rmSync(join(root, file));
  }
  writeFileSync(stamp, wanted);
}

/**
 * The files of a folder and the folders in it, as paths from the root, in an order that does not depend on the machine.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(root, path) : [path];
  });
  return files.sort();
}

/**
 * One hash of names and contents: times of files are no help, `git checkout` sets them anew.
 * @param {string} root
 * @param {string[]} files
 */
function fingerprint(root, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0${read(join(root, file)) ?? ''}\0`);
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined where there is no such file
 */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * @param {string} output
 * @param {string} sentence
 */
function explain(output, sentence) {
  process.stderr.write(`${excerpt(output)}\n${sentence}\n`);
}
