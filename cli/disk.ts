/** Where rule files, lists and settings are read from: the disk, or what was read from it before. */
import type { ListFile, Unreadable } from '../compiler/check/sources.js';
import type { ParseResult } from '../grammar/parse.js';
import { readListFile } from './list-files.js';
import { readSource } from './rule-files.js';
import { readSite, type Site, type SiteOptions } from './settings.js';

export interface Disk {
  /** A rule file by its name. */
  readonly source: (name: string) => ParseResult | Unreadable;
  /** A list by its path. */
  readonly list: (path: string) => ListFile;
  readonly site: (options: SiteOptions) => Site;
}

/** The disk as it is now. */
export const DISK: Disk = { source: readSource, list: readListFile, site: readSite };
