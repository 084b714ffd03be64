/** Ed25519 keys in files (RFC 8410, PEM), whoever wrote them. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { Problem } from '../runtime/problem.js';
import { noSuchFile, unreadable } from './diagnostics.js';
import { readRegular } from './read-file.js';
import { describeFault } from './rule-files.js';
import { keyReadable, notKey, secretTrusted } from './trust-diagnostics.js';

/** A public key. */
export interface PublicKey {
  /** Where it was read. */
  readonly path: string;
  readonly key: KeyObject;
  /** 32 bytes, as RFC 8032 writes it. */
  readonly bytes: Uint8Array;
}

/** A key has a hundred bytes. */
const MOST_BYTES = 1 << 14;
/** What stands before the 32 bytes of every Ed25519 key: 12 bytes, so that the text of a key ends with the text of those. */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** What `sigward keygen` wrote to `NAME.pub`; throws a `Problem` where it is no such key. */
export function readPublicKey(path: string): PublicKey {
  const text = readKeyFile(path);
  if (/PRIVATE KEY/.test(text)) throw Problem.of(secretTrusted, { path });
  const key = keyIn(path, text, 'PUBLIC KEY', createPublicKey);
  return { path, key, bytes: publicBytes(key) };
}

/** What `sigward keygen` wrote to `NAME.key`, with a warning where others can read it; throws a `Problem` where it is no such key. */
export function readPrivateKey(path: string): { readonly key: KeyObject; readonly diagnostics: readonly Diagnostic[] } {
  const key = keyIn(path, readKeyFile(path), 'PRIVATE KEY', createPrivateKey);
  // Windows has no such modes, and gives all bits.
  const mode = process.platform === 'win32' ? 0 : statSync(path).mode & 0o777;
  const shown = mode.toString(8).padStart(3, '0');
  return { key, diagnostics: mode & 0o077 ? [report(keyReadable, { path, mode: shown })] : [] };
}

/** The 32 bytes of a public key, or of the one that belongs to a private key. */
export function publicBytes(key: KeyObject): Uint8Array {
  const whole = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return new Uint8Array(whole.subarray(PREFIX.length));
}

/** The key that has these 32 bytes. */
export function keyOfBytes(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PREFIX, bytes]), type: 'spki', format: 'der' });
}

/** How a key is called where no file is known for it: its bytes, as they stand at the end of the text in `NAME.pub`. */
export function keyName(bytes: Uint8Array): string {
  return `ed25519 key ${Buffer.from(bytes).toString('base64')}`;
}

function readKeyFile(path: string): string {
  try {
    return readRegular(path, MOST_BYTES).toString('latin1');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw Problem.of(noSuchFile, { path, near: '`sigward keygen NAME` makes keys' });
    throw Problem.of(unreadable, { path, why: describeFault(cause) });
  }
}

/** Files that say more than one key say something else to the next reader; and OpenSSL takes a private key or a certificate for a public key. */
function keyIn(
  path: string,
  text: string,
  label: 'PUBLIC KEY' | 'PRIVATE KEY',
  create: (pem: string) => KeyObject,
): KeyObject {
  const wanted = label === 'PUBLIC KEY' ? 'public' : 'private';
  const refused = (what: string): Problem => Problem.of(notKey, { path, what, wanted });
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]*)-----/g)].map(([, name]) => name);
  const [found] = labels;
  if (found === undefined) throw refused('it is not PEM (a text with `-----BEGIN`)');
  if (labels.length > 1) throw refused('it holds several things');
  if (found === 'ENCRYPTED PRIVATE KEY') throw refused('it is encrypted, which is not supported');
  if (found !== label) throw refused(`it holds a ${found}`);
  let key: KeyObject;
  try {
    key = create(text);
  } catch {
    throw refused('it cannot be read');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw refused(`it is for ${String(key.asymmetricKeyType)}, not ed25519`);
  return key;
}
