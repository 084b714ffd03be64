/** What a site sets: `--set name=value`, and `sigward.toml`. */
import type { Setting, Settings } from '../compiler/check/sources.js';
import type { Levels } from '../compiler/lint/lint.js';
import { type Diagnostic, report } from '../grammar/diagnostic.js';
import { parseValue } from '../grammar/parse.js';
import { readConfig } from './config.js';
import { setTwice } from './diagnostics.js';

/** What the options shared by all commands that judge say of settings. */
export interface SiteOptions {
  /** `name=value`, in order; of several for one name the last counts. */
  readonly set?: readonly string[];
  /** A file of settings, which must be there; without it `sigward.toml` in the working directory, if there is one. */
  readonly config?: string;
  /** Where modules lie that a policy names and that are not loaded. */
  readonly modules?: string;
}

/** The settings of a site, and the file of settings that was looked for. */
export interface Site {
  readonly settings: Settings;
  /** How findings of lints are taken. */
  readonly levels: Levels;
  /** Where modules lie, as the file says it to `sigward run`; it is where they lie for every command. */
  readonly modules: string | undefined;
  readonly file: string;
}

/** Reads the file of settings, or takes it from texts that were read before, and lays the flags over it. */
export function readSite({ set = [], config }: SiteOptions, known?: ReadonlyMap<string, string>): Site {
  const { file, settings, levels, run } = readConfig(config, known);
  const values = new Map(settings.values);
  const texts = new Map(settings.texts);
  const found = new Map<string, readonly Diagnostic[]>();
  for (const flag of set) {
    const { setting, name, diagnostics } = readFlag(flag);
    const twice = texts.has(name) ? [report(setTwice, { name: setting.name.text }, { span: setting.name.span })] : [];
    values.set(setting.name.text, setting);
    texts.set(name, flag);
    found.set(name, [...twice, ...diagnostics]);
  }
  return {
    file,
    levels,
    modules: run.run.modules,
    settings: { values, texts, diagnostics: [...settings.diagnostics, ...[...found.values()].flat()] },
  };
}

/** Whether a text has the form of `--set`'s argument. */
export function isFlag(text: string): boolean {
  return /^\s*\w+\s*=/.test(text);
}

/** The flag's text is a source of its own, called as one sees it on the command line. */
function readFlag(flag: string): { setting: Setting; name: string; diagnostics: readonly Diagnostic[] } {
  const [, blank = '', word = ''] = /^(\s*)(\w+)/.exec(flag) ?? [];
  const file = `--set ${word}`;
  const { value, diagnostics } = parseValue(file, flag, { start: flag.indexOf('=') + 1, end: flag.length });
  const name = { text: word, span: { file, start: blank.length, end: blank.length + word.length } };
  return { setting: { name, value, isStrict: true }, name: file, diagnostics };
}
