/** What is set for a folder of the workspace, beside its rules. */
import { readConfig } from '../../cli/config.js';
import type { Settings } from '../../compiler/check/sources.js';
import type { Levels } from '../../compiler/lint/lint.js';

/** What the `sigward.toml` of a folder says. What is wrong with its form is shown there and keeps nobody from checking rules. */
export function siteOf(folder: string): { readonly settings: Settings; readonly levels: Levels } {
  const { settings, levels } = readConfig(`${folder}/sigward.toml`);
  return { settings: { ...settings, diagnostics: [] }, levels };
}

export interface Sites {
  readonly settings: (folder: string | undefined) => Settings | undefined;
  /** They may have changed on the disk. */
  readonly forget: () => void;
}

/** The settings of folders, each read once. */
export function noSites(): Sites {
  const known = new Map<string, Settings>();
  return {
    settings: (folder) => {
      if (folder === undefined) return undefined;
      const settings = known.get(folder) ?? siteOf(folder).settings;
      known.set(folder, settings);
      return settings;
    },
    forget: () => void known.clear(),
  };
}
