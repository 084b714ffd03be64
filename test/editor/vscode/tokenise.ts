/** What VS Code makes of a text: the engine that it runs TextMate grammars with, on ours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as oniguruma from 'vscode-oniguruma';
import * as textmate from 'vscode-textmate';

const GRAMMAR = new URL('../../../editor/vscode/syntaxes/sig.tmLanguage.json', import.meta.url).pathname;
const WASM = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

export interface Scoped {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Without the language's own name at the end of each. */
  readonly scopes: readonly string[];
}

export type Tokenise = (text: string) => readonly Scoped[];

/** Reads the grammar's file, and gives what splits a text by it. A line that takes a second is an error. */
export async function tokeniser(): Promise<Tokenise> {
  await oniguruma.loadWASM(readFileSync(WASM));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const grammar = await registry.loadGrammar('source.sigward');
  if (!grammar) throw new Error('no grammar');
  return (text) => splitLines(text, grammar);
}

function splitLines(text: string, grammar: textmate.IGrammar): Scoped[] {
  const found: Scoped[] = [];
  let state = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split(/(?<=\r\n|\n|\r(?!\n))/)) {
    const bare = line.replace(/[\r\n]+$/, '');
    const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(bare, state, 1000);
    if (stoppedEarly) throw new Error(`this line takes too long: ${bare.slice(0, 200)}`);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const [start, end] = [offset + startIndex, offset + Math.min(endIndex, bare.length)];
      const names = scopes.slice(1).flatMap((scope) => scope.split(' ').map((name) => name.replace(/\.sigward$/, '')));
      if (start < end) found.push({ start, end, text: text.slice(start, end), scopes: names });
    }
    state = ruleStack;
    offset += line.length;
  }
  return found;
}
