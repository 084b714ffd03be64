/** The command line without a process of its own: fast enough for many small cases. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../cli/main.js';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command line in a folder with these files; environment variables are as given, and otherwise those of colour unset. `after` is
 * called in that folder for each file that is there in the end.
 */
export async function inFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  after: (path: string) => void = () => undefined,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-cli-'));
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const written = { stdout: '', stderr: '' };
  const restore = (['stdout', 'stderr'] as const).map((name) => capture(name, written));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    process.chdir(folder);
    delete process.env['NO_COLOR'];
    delete process.env['FORCE_COLOR'];
    Object.assign(process.env, env);
    const status = await main(args);
    for (const path of readdirSync('.', { recursive: true, encoding: 'utf8' }))
      if (statSync(path).isFile()) after(path);
    return { status, ...written };
  } finally {
    for (const undo of restore) undo();
    process.chdir(before.cwd);
    process.env = before.env;
    rmSync(folder, { recursive: true });
  }
}

function capture(name: 'stdout' | 'stderr', written: { stdout: string; stderr: string }): () => void {
  const stream = process[name];
  const original = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array) => {
    written[name] += String(text);
    return true;
  };
  return () => {
    stream.write = original;
  };
}
