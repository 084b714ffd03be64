/** Where rule files, lists, settings and artefacts are read from: the disk as it is now, or what was read from it before. */
import type { ListFile, Unreadable } from '../compiler/check/sources.js';
import type { ParseResult } from '../grammar/parse.js';
import { readListFile } from './list-files.js';
import { readArtefact } from './load-artefact.js';
import { fileNames, readSource } from './rule-files.js';
import { readSite, type Site, type SiteOptions } from './settings.js';

export interface Disk {
  /** The one name of a file that several paths lead to. */
  readonly nameOf: (name: string) => string;
  /** Whether a file of that name was read before, and is what it was then whatever has become of it. */
  readonly isKnown: (name: string) => boolean;
  /** A rule file by its name. */
  readonly source: (name: string) => ParseResult | Unreadable;
  /** A list by its path. */
  readonly list: (path: string) => ListFile;
  readonly site: (options: SiteOptions) => Site;
  /** A compiled ruleset by its path; throws a `Problem` where it cannot be had. */
  readonly artefact: (path: string) => Uint8Array;
}

/** The disk as it is now. */
export function diskNow(): Disk {
  return {
    nameOf: fileNames(),
    isKnown: () => false,
    ...{ source: readSource, list: readListFile, site: readSite, artefact: readArtefact },
  };
}
