/** The rule files of an editor's session: texts that are open, and those on the disk beside them. */
import { readConfig } from '../../cli/config.js';
import { readListFile } from '../../cli/list-files.js';
import { rootFiles } from '../../cli/rule-files.js';
import { check, type Checked } from '../../compiler/check/check.js';
import type { Settings } from '../../compiler/check/sources.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { View } from '../service/view.js';
import { createWorkspace } from '../service/workspace/workspace.js';
import { filesBeside, textOnDisk } from './disk.js';
import { type LintFindings, noFindings } from './lint-findings.js';
import type { LintJob } from './lint-worker.js';
import { nameOfPath } from './names.js';
import { noSites } from './site.js';
import { wholeSources } from './whole-sources.js';

export interface Rules {
  /** The editor's text of a file. */
  readonly set: (name: string, text: string) => void;
  /** The text is no longer the editor's; what is on the disk counts. */
  readonly close: (name: string) => void;
  /** Files on the disk have changed, come or gone. */
  readonly changed: () => void;
  /** The folders of the workspace, by their paths. */
  readonly folders: (paths: readonly string[]) => void;
  /** The state now, with what lints have said. */
  readonly view: () => View;
  /** Checks more until `isOver`; whether nothing is left. */
  readonly work: (isOver: () => boolean) => boolean;
  readonly lints: LintFindings;
  readonly lintJob: (name: string) => Omit<LintJob, 'id'>;
  /** A file with its imports, checked as the command line does: for running its tests. */
  readonly whole: (name: string) => Checked;
  /** What is wrong with the settings of the workspace's folders, by the path of their file. */
  readonly settings: () => ReadonlyMap<string, { readonly text: string; readonly problems: readonly Diagnostic[] }>;
}

const NOTHING_SET: Settings['values'] = new Map();

/** No rules yet. */
export function noRules(): Rules {
  const sites = noSites();
  const settingsOf = (name: string): Settings | undefined => sites.settings(folderOf(folders, name));
  const workspace = createWorkspace({
    read: textOnDisk,
    readList: readListFile,
    beside: filesBeside,
    settingsOf: (name) => settingsOf(name)?.values ?? NOTHING_SET,
  });
  const open = new Map<string, string>();
  const lints = noFindings();
  let folders: readonly string[] = [];
  const include = (): void => void workspace.include(folders.flatMap((path) => rootFiles(path, [])).map(nameOfPath));
  const view = (): View => {
    const now = workspace.view();
    return { ...now, diagnostics: (name) => [...now.diagnostics(name), ...lints.of(name)] };
  };
  return {
    set: (name, text) => {
      lints.moved(name, open.get(name) ?? text, text);
      open.set(name, text);
      workspace.set(name, text);
    },
    close: (name) => {
      open.delete(name);
      lints.forget(name);
      workspace.close(name);
    },
    changed: () => {
      sites.forget();
      workspace.forget();
      include();
    },
    folders: (paths) => {
      folders = paths;
      sites.forget();
      workspace.forget();
      include();
    },
    view,
    work: workspace.work,
    lints,
    lintJob: (name) => ({
      name,
      importers: importersOf(workspace.view(), name),
      open,
      folder: folderOf(folders, name),
    }),
    whole: (name) => check(wholeSources([name], open, settingsOf(name))),
    settings: () => new Map(folders.map((folder) => settingsIn(`${folder}/sigward.toml`, workspace.view()))),
  };
}

function settingsIn(path: string, view: View): readonly [string, { text: string; problems: readonly Diagnostic[] }] {
  const { settings } = readConfig(path);
  const [text = ''] = settings.texts.values();
  // That there is no such file is nothing wrong here.
  const problems = settings.diagnostics.filter(({ labels }) => labels.length > 0);
  const name = nameOfPath(path);
  return [name, { text, problems: [...problems, ...view.diagnostics(name)] }];
}

/** The innermost folder of the workspace that holds a file. */
function folderOf(folders: readonly string[], name: string): string | undefined {
  const around = folders.filter((folder) => name.startsWith(`${nameOfPath(folder).replace(/\/$/, '')}/`));
  return around.toSorted((a, b) => b.length - a.length)[0];
}

/** The files that import a file, directly or not. */
function importersOf(view: View, name: string): readonly string[] {
  const direct = new Map<string, string[]>();
  for (const file of view.names())
    for (const target of view.imports(file)) direct.set(target, [...(direct.get(target) ?? []), file]);
  const found = new Set<string>();
  const pending = [...(direct.get(name) ?? [])];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (file === name || found.has(file) || file.startsWith('std/')) continue;
    found.add(file);
    pending.push(...(direct.get(file) ?? []));
  }
  return [...found];
}
