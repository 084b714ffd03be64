import type { Command } from 'commander';
import { isClean } from '../../grammar/diagnostic.js';
import { readConfig } from '../config.js';
import { keyName, type PublicKey } from '../keys.js';
import { readArtefact } from '../load-artefact.js';
import { configOption } from '../site-options.js';
import { loadTrusted, readTrust, signersOf } from '../trust.js';
import { printDiagnostics } from './check.js';

interface VerifyOptions {
  readonly trust?: readonly string[];
  readonly config?: string;
}

/** Declares `sigward verify`; `done` gets its exit status. */
export function addVerify(program: Command, done: (status: number) => void): void {
  const verify = program
    .command('verify')
    .description('say which of the trusted keys have signed a compiled file; where none has, exit status 1')
    .argument('<file>', 'a .sigc file')
    .option('--trust <key...>', 'public keys, NAME.pub of `sigward keygen` (default: those of sigward.toml)')
    .addOption(configOption());
  verify.action((path: string, { trust, config }: VerifyOptions) => {
    const { settings, run } = readConfig(config);
    if (!isClean(settings.diagnostics)) {
      printDiagnostics(settings);
      return void done(1);
    }
    const keys = readTrust(trust ?? run.trust.keys);
    if (!keys) return verify.error('error: say whom to trust: --trust NAME.pub');
    done(verifyCommand(path, keys));
  });
}

/** `sigward verify FILE --trust KEY…`: whether `sigward run` would execute it, and on whose word. */
function verifyCommand(path: string, keys: readonly PublicKey[]): number {
  const bytes = readArtefact(path);
  loadTrusted(bytes, keys, path);
  for (const { path: signer, bytes: key } of signersOf(bytes, keys, path))
    process.stdout.write(`${path}: signed by ${signer} (${keyName(key)})\n`);
  return 0;
}
