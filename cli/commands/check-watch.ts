/**
 * Rule files, loaded again whenever one of them changes. It asks the disk a few times a second instead of being told: that is the
 * same on every system and every file system, and does not care whether an editor writes a file, replaces it, or takes it away for a moment.
 */
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { type Loaded, loadRules } from '../load.js';
import { placeOf, rootFiles } from '../rule-files.js';
import type { SiteOptions } from '../settings.js';

/** Milliseconds between two looks at the disk. */
const INTERVAL = 200;
/** Milliseconds that nothing has changed for, when files count as written. */
const SETTLED = 100;
/** A file that never comes to rest is checked all the same after so many looks. */
const PATIENCE = 20;

/** Hands over the rules at once and after each change, until SIGINT or SIGTERM. */
export async function watchRules(
  paths: readonly string[],
  site: SiteOptions,
  show: (loaded: Loaded) => void,
): Promise<void> {
  const loadAll = (): Loaded => loadRules(paths, site);
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    let watched: Watched = { loaded: undefined, state: '' };
    const hasEnded = (): boolean => stop.signal.aborted;
    while (!hasEnded()) {
      const state = stateOf(paths, watched.loaded?.reached ?? []);
      if (state !== watched.state) {
        watched = await load(paths, loadAll, watched.loaded, stop.signal);
        if (!hasEnded() && watched.loaded) show(watched.loaded);
      }
      await pause(INTERVAL, stop.signal);
    }
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}

interface Watched {
  readonly loaded: Loaded | undefined;
  /** What the disk looked like before they were read. */
  readonly state: string;
}

/** Loads until it is known what the files looked like that were read: one may be reached for the first time. */
async function load(
  paths: readonly string[],
  loadAll: () => Loaded,
  before: Loaded | undefined,
  signal: AbortSignal,
): Promise<Watched> {
  let loaded = before ?? loadAll();
  for (let round = 0; ; round++) {
    const { reached } = loaded;
    const state = await settled(() => stateOf(paths, reached), signal);
    loaded = loadAll();
    // Imports that lead somewhere else each time cannot go on for ever.
    if (loaded.reached.join('\0') === reached.join('\0') || round === PATIENCE) return { loaded, state };
  }
}

/** What is said twice in a row: a file that is being written is read when it is whole. */
async function settled(look: () => string, signal: AbortSignal): Promise<string> {
  let state = look();
  for (let looks = 0; looks < PATIENCE && !signal.aborted; looks++) {
    await pause(SETTLED, signal);
    const next = look();
    if (next === state) break;
    state = next;
  }
  return state;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Somebody asked to stop.
  }
}

/** Which files there are, which version of each, and what is in the way of reading them. */
function stateOf(paths: readonly string[], reached: readonly string[]): string {
  const problems: Diagnostic[] = [];
  const roots = paths.flatMap((path) => rootFiles(path, problems));
  const files = new Set([...roots, ...reached.map(placeOf)]);
  return [...problems.map((d) => d.message), ...[...files].map((file) => `${file}\0${versionOf(file)}`)].join('\n');
}

function versionOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  }
}
