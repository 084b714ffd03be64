/** What a setting of `sigward run` is: an option of the command line and a key of `sigward.toml`, which take the same values. */
import { z } from 'zod';

export interface Setting<T = unknown> {
  /** As the command line has it: `--queue <number>`. */
  readonly flags: string;
  readonly help: string;
  /** Takes what TOML says and what the command line says, where a number is a text. */
  readonly schema: z.ZodType<T>;
  /** What a value is: `a number from 0 to 65535`. */
  readonly expects: string;
  /** What counts where nothing is said, in words. */
  readonly fallback: string;
  readonly choices?: readonly string[];
  /** Its texts are paths; in a file, from the folder of that file. */
  readonly isPath?: boolean;
  /** It says something of captures, too. */
  readonly forCaptures?: boolean;
  /** As something is chosen where nothing is said, `--no-…` says that there is to be none: what that does. */
  readonly none?: string;
}

/** Settings by their keys, as TypeScript writes them: `on-fragment` is `onFragment`. */
export type SettingTable = Readonly<Record<string, Setting>>;

/** What the settings of a table say, where they say something. */
export type Values<T extends SettingTable> = { readonly [K in keyof T]?: z.output<T[K]['schema']> };

type Words = Pick<Setting, 'flags' | 'help' | 'fallback'> & Partial<Pick<Setting, 'forCaptures' | 'none'>>;

/** On or off. */
export function flag(words: Omit<Words, 'fallback'>): Setting<boolean> {
  return { ...words, schema: z.boolean(), expects: '`true` or `false`', fallback: 'false' };
}

/** One of these words. */
export function choice<const T extends string>(choices: readonly T[], words: Words): Setting<T> {
  return { ...words, schema: z.enum(choices), expects: oneOf(choices), choices };
}

/** Some of these words; in a file one alone may stand without brackets. */
export function choiceList<const T extends string>(choices: readonly T[], words: Words): Setting<readonly T[]> {
  return { ...words, schema: listOf(z.enum(choices)), expects: `${oneOf(choices)}, or an array of these`, choices };
}

/** A number within bounds, with so many digits behind the point. */
export function within(least: number, most: number, digits: number, unit: string, words: Words): Setting<number> {
  const text = z.string().regex(digits > 0 ? new RegExp(`^\\d{1,9}(\\.\\d{1,${digits}})?$`) : /^\d{1,9}$/);
  const bounded = z.number().min(least).max(most);
  const schema = z.union([z.number(), text.transform(Number)]).pipe(digits > 0 ? bounded : bounded.int());
  return { ...words, schema, expects: `a number${unit && ` of ${unit}`} from ${least} to ${most}` };
}

/** More than a machine has processors. */
const MOST_QUEUES = 256;
const LAST_QUEUE = 65_535;

/** Queues of the kernel: a number, or adjacent ones, `FIRST..LAST`. */
export function queues(words: Words): Setting<readonly number[]> {
  const schema = z.union([z.string(), z.number().transform(String)]).transform((text, context): readonly number[] => {
    const [, first, last = first] = /^(\d{1,5})(?:\.\.(\d{1,5}))?$/.exec(text) ?? [];
    const length = Number(last) - Number(first) + 1;
    if (Number(last) <= LAST_QUEUE && length >= 1 && length <= MOST_QUEUES)
      return Array.from({ length }, (_, i) => Number(first) + i);
    context.addIssue('');
    return z.NEVER;
  });
  const expects = `a number from 0 to ${LAST_QUEUE}, or \`FIRST..LAST\`, at most ${MOST_QUEUES} of them`;
  return { ...words, schema, expects };
}

/** A name. */
export function name(words: Words): Setting<string> {
  return {
    ...words,
    schema: z.string().regex(/^[\w.-]{1,255}$/),
    expects: 'a name of letters, digits, `_`, `-` and `.`',
  };
}

/** A path. */
export function path(words: Words): Setting<string> {
  return { ...words, schema: pathText, expects: 'a path', isPath: true };
}

/** Paths; in a file one alone may stand without brackets. */
export function paths(words: Words): Setting<readonly string[]> {
  return { ...words, schema: listOf(pathText), expects: 'a path, or an array of paths', isPath: true };
}

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const LOCAL = '127.0.0.1';

/** `[HOST:]PORT`; an address of IPv6 stands in brackets. */
export function address(words: Words): Setting<Address> {
  const schema = z.union([z.string(), z.number().transform(String)]).transform((text, context): Address => {
    const [, six, host, port] = /^(?:\[([0-9a-f:.]+)\]:|([^\s:[\]]+):)?(\d{1,5})$/i.exec(text) ?? [];
    if (port !== undefined && Number(port) <= 65_535) return { host: six ?? host ?? LOCAL, port: Number(port) };
    context.addIssue('');
    return z.NEVER;
  });
  return { ...words, schema, expects: 'a port from 0 to 65535, or `HOST:PORT`' };
}

/** The system takes no other: a path has no zero byte, and some end. */
const pathText = z.string().regex(/^[^\0]{1,4096}$/);

function listOf<T>(element: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(element).min(1).max(1000));
}

function oneOf(choices: readonly string[]): string {
  const quoted = choices.map((one) => `\`${one}\``);
  return quoted.length < 3 ? quoted.join(' or ') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
