/** Code blocks of a Markdown page. */
import { readFileSync } from 'node:fs';

export interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  /** What follows the language: `error=E0601`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(file: string): Block[] {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(/^```(\w+)(.*)\n([^]*?)^```$/gm)].map((match) => {
    const [, language = '', rest = '', text = ''] = match;
    const attributes = Object.fromEntries(
      [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
    );
    return { file, line: page.slice(0, match.index).split('\n').length, language, attributes, text };
  });
}
