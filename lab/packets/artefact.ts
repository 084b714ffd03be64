/** Rulesets as a packet child takes them, for tests and measurements that make their own. */
import { writeFileSync } from 'node:fs';
import { encodeArtefact } from '../../compiler/artefact/artefact.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { rulesetHash } from '../../runtime/output/ruleset-hash.js';
import { sha256 } from '../../runtime/sha256.js';

/** Compiles a ruleset into a file; `code` stands for what would be compiled. */
export function writeArtefact(path: string, ruleset: Ruleset, code: Uint8Array = compileModule(link(ruleset))): string {
  const files = new Set([...ruleset.signatures, ...ruleset.modules, ...ruleset.policies].map(({ span }) => span.file));
  const sources = [...files].map((file) => ({ file, name: file, text: '' }));
  writeFileSync(path, encodeArtefact({ ruleset, sources, code, hash: rulesetHash(ruleset), sigward: 'lab' }, sha256));
  return path;
}
