/** A name for what a ruleset says: an alert carries it, so that whoever repeats a verdict knows whether the rules are the same. */
import { createHash } from 'node:crypto';
import type { Ruleset } from '../../compiler/ruleset.js';

/**
 * `sha256:` and the hash of the layouts, signatures, modules and policies as they were checked, whichever policy is in force. The same rules give the same hash on every machine
 * and in every folder; comments, tests and places in files do not count, the values of parameters do.
 */
export function rulesetHash({
  layouts,
  signatures,
  modules,
  policies,
}: Pick<Ruleset, 'layouts' | 'signatures' | 'modules' | 'policies'>): string {
  return hashOf([...layouts, ...signatures, ...modules, ...policies]);
}

/** `sha256:` and the hash of values of a ruleset, spans left out. */
export function hashOf(parts: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${JSON.stringify(part, plain)}\n`);
  return `sha256:${hash.digest('hex')}`;
}

/** Values that JSON has no form for, each in one that stands for nothing else. */
function plain(key: string, value: unknown): unknown {
  if (key === 'span') return undefined;
  if (typeof value === 'bigint') return { integer: `${value}` };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  return value instanceof Map ? { map: [...(value as ReadonlyMap<unknown, unknown>)] } : value;
}
