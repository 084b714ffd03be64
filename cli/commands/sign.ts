import { sign } from 'node:crypto';
import type { Command } from 'commander';
import { decodeArtefact } from '../../compiler/artefact/artefact.js';
import { addSignature } from '../../compiler/artefact/signatures.js';
import { Problem } from '../../runtime/problem.js';
import { unwritable } from '../diagnostics.js';
import { keyName, publicBytes, readPrivateKey } from '../keys.js';
import { sha256 } from '../../runtime/sha256.js';
import { readArtefact } from '../load-artefact.js';
import { plural } from '../render.js';
import { writeWhole } from '../replace-file.js';
import { describeFault } from '../rule-files.js';
import { signedSections } from '../trust.js';
import { tooManySignatures } from '../trust-diagnostics.js';
import { printDiagnostics } from './check.js';

/** Declares `sigward sign`; `done` gets its exit status. */
export function addSign(program: Command, done: (status: number) => void): void {
  program
    .command('sign')
    .description('add a signature to a file that `sigward compile` wrote')
    .argument('<file>', 'a .sigc file; others’ signatures stay in it')
    .requiredOption('--key <file>', 'the private key, NAME.key of `sigward keygen`')
    .action((path: string, { key }: { key: string }) => {
      done(signCommand(path, key));
    });
}

/** `sigward sign FILE --key NAME.key`: what could not be executed is not signed. The same file and key give the same bytes. */
function signCommand(path: string, keyPath: string): number {
  const { key, diagnostics } = readPrivateKey(keyPath);
  printDiagnostics({ diagnostics, texts: new Map() });
  const bytes = readArtefact(path);
  const { value, diagnostics: wrong } = decodeArtefact(bytes, path, sha256);
  if (wrong[0]) throw new Problem(wrong[0]);
  const signed = signedSections(bytes, path);
  const own = { key: publicBytes(key), signature: sign(null, signed.message, key) };
  const file = addSignature(signed, own, sha256);
  if (!file) throw Problem.of(tooManySignatures, { path });
  write(path, file);
  const what = value
    ? `${plural(value.manifest.counts.signatures, 'signature')}, ruleset ${value.manifest.ruleset}`
    : '';
  process.stdout.write(`${path}: ${what}: signed by ${keyName(own.key)}\n`);
  return 0;
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeWhole(path, bytes);
  } catch (cause) {
    throw Problem.of(unwritable, { path, why: describeFault(cause) });
  }
}
