import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const made: string[] = [];

/** A copy of the launcher beside a command line of the test's own; without one it is not built. */
function launcher(main?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'sigward-launcher-'));
  made.push(root);
  cpSync(resolve(import.meta.dirname, '../../bin'), join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  if (main !== undefined) {
    mkdirSync(join(root, 'dist/cli'), { recursive: true });
    writeFileSync(join(root, 'dist/cli/main.js'), `export async function main(argv) { ${main} }`);
  }
  return join(root, 'bin/sigward.js');
}

function launch(main: string | undefined, args: string[] = [], debug = ''): SpawnSyncReturns<string> {
  const env = { ...process.env, SIGWARD_DEBUG: debug };
  return spawnSync(process.execPath, [launcher(main), ...args], { encoding: 'utf8', env, maxBuffer: 8_000_000 });
}

afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

describe('bin/sigward.js', () => {
  it('says what to do where nothing is built', () => {
    const { status, stderr } = launch(undefined);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sigward: .*npm run build.*\n$/);
  });

  it('hands over the arguments and exits with what main answers', () => {
    const { status, stdout } = launch('console.log(argv.join()); return argv.length;', ['a', 'b', 'c']);
    expect({ status, stdout }).toEqual({ status: 3, stdout: 'a,b,c\n' });
  });

  it.each([
    ['throws', 'throw new Error("lost");'],
    ['throws what is no error', 'throw "lost";'],
    ['throws later', 'setTimeout(() => { throw new Error("lost"); }); return new Promise(() => {});'],
    ['forgets a promise', 'void Promise.reject(new Error("lost")); setTimeout(() => {}, 60000); return 0;'],
  ])('reports an internal error without a stack where main %s', (_, main) => {
    const { status, stderr } = launch(main);
    expect(status).toBe(70);
    expect(stderr).toMatch(/^sigward: internal error: lost\n.*report it.*\n$/);
  });

  it('adds the stack with SIGWARD_DEBUG=1', () => {
    expect(launch('throw new Error("lost");', [], '1').stderr).toMatch(/\n {4}at /);
  });

  it('loses nothing of a long output', () => {
    const { stdout } = launch('process.stdout.write("x".repeat(3_000_000)); return 0;');
    expect(stdout.length).toBe(3_000_000);
  });

  it('ends quietly when the reader has gone', () => {
    const main = 'for (;;) { process.stdout.write("line\\n"); await new Promise(setImmediate); }';
    const script = '"$0" "$1" | head -n 1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, launcher(main)], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'line\n141\n', stderr: '' });
  });
});
