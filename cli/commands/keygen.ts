import { generateKeyPairSync } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { Problem } from '../../runtime/problem.js';
import { unwritable } from '../diagnostics.js';
import { keyName, publicBytes } from '../keys.js';
import { describeFault } from '../rule-files.js';
import { keyExists } from '../trust-diagnostics.js';

/** Declares `sigward keygen`; `done` gets its exit status. */
export function addKeygen(program: Command, done: (status: number) => void): void {
  program
    .command('keygen')
    .description('make a pair of keys: NAME.key to sign compiled rules, NAME.pub for those who trust them')
    .argument('<name>', 'the path of both files, without ending', stem)
    .option('--force', 'write over keys that are there')
    .action((name: string, { force = false }: { force?: boolean }) => {
      done(keygenCommand(name, force));
    });
}

/** `a.key` would become `a.key.key`, which whoever typed it would not look for. */
function stem(text: string): string {
  if (!/\.(key|pub|pem)$|[/\\]$|^$/.test(text)) return text;
  throw new InvalidArgumentError('it is the path without ending: `.key` and `.pub` are added');
}

/** `sigward keygen NAME`. The private key is never readable by others, not even for a moment. */
function keygenCommand(name: string, force: boolean): number {
  const [secret, open] = [`${name}.key`, `${name}.pub`];
  const there = [secret, open].find((path) => existsSync(path));
  if (there !== undefined && !force) throw Problem.of(keyExists, { path: there });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // The public key first: a private one without it is worse than the other way round, as it is the private one that is kept from being written over.
  write(open, String(publicKey.export({ type: 'spki', format: 'pem' })), 0o644);
  write(secret, String(privateKey.export({ type: 'pkcs8', format: 'pem' })), 0o600);
  process.stdout.write(`${secret}: signs; keep it to yourself\n${open}: ${keyName(publicBytes(publicKey))}\n`);
  return 0;
}

/** A file that is there keeps its mode, and a link leads elsewhere: both go first. */
function write(path: string, text: string, mode: number): void {
  try {
    rmSync(path, { force: true });
    writeFileSync(path, text, { flag: 'wx', mode });
  } catch (cause) {
    throw Problem.of(unwritable, { path, why: describeFault(cause) });
  }
}
