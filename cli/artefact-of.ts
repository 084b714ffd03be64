/** Rules that were read from text, as an artefact. */
import { posix, resolve } from 'node:path';
import { decodeArtefact, encodeArtefact, type Source } from '../compiler/artefact/artefact.js';
import { compileModule } from '../compiler/backend/wasm/compile.js';
import { link } from '../compiler/link/link.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { rulesetHash } from '../runtime/output/ruleset-hash.js';
import { Problem } from '../runtime/problem.js';
import type { Loaded } from './load.js';
import { sha256 } from '../runtime/sha256.js';
import { packageVersion } from './paths.js';

/** The bytes of an artefact of rules without errors; `path` is what findings call it. */
export function artefactOf(loaded: Loaded, path: string): Uint8Array {
  const { ruleset } = loaded;
  const bytes = encodeArtefact(
    {
      ruleset,
      sources: sourcesOf(loaded),
      code: codeOf(ruleset),
      hash: rulesetHash(ruleset),
      sigward: packageVersion(),
    },
    sha256,
  );
  // What would be refused when it is needed must not be made.
  const [refused] = decodeArtefact(bytes, path, sha256).diagnostics;
  if (refused) throw new Problem(refused);
  return bytes;
}

/** What the engine runs. */
function codeOf(ruleset: Ruleset): Uint8Array {
  return compileModule(link(ruleset));
}

/**
 * The sources by names that do not depend on where they lie, nor on how they were named: from the innermost folder that holds all rule
 * files on. Lists that lie elsewhere have names that lead there from it.
 */
function sourcesOf({ sources, texts }: Loaded): Source[] {
  const own = sources.filter((file) => !file.startsWith('std/'));
  const places = new Map(own.map((file) => [file, slashed(resolve(file))]));
  const folder = commonFolder([...places.values()].filter((place) => place.endsWith('.sig')));
  return sources.map((file) => {
    const place = places.get(file);
    return { file, name: place === undefined ? file : posix.relative(folder, place), text: texts.get(file) ?? '' };
  });
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function commonFolder(places: readonly string[]): string {
  const [first = [], ...others] = places.map((place) => place.split('/').slice(0, -1));
  const length = first.findIndex((segment, i) => others.some((other) => other[i] !== segment));
  return (length < 0 ? first : first.slice(0, length)).join('/') || '/';
}
