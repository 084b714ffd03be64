/** What every part of the parser uses: spans, words, notes. */
import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod } from 'chevrotain';
import type { Expr, Name, NumberExpr, StringLiteral } from './ast.js';
import type { Diagnostic, Span } from './diagnostic.js';
import { readNumber, readText } from './literals.js';
import { messages } from './parser-messages.js';
import * as t from './tokens.js';

export abstract class TreeParser extends EmbeddedActionsParser {
  /** Set before each file. */
  file = '';
  text = '';
  /** Where the piece ends that is being read. */
  end = 0;
  problems: Diagnostic[] = [];

  constructor() {
    super(t.vocabulary, { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: messages });
  }

  /**
   * chevrotain's RULE, with the result's type taken from where the rule is kept. Only a rule that says what stands for its
   * result catches a mistake inside it and goes on behind; through all others it passes, so that none gives half a tree.
   */
  protected rule<A extends unknown[], T>(
    name: string,
    body: (...args: A) => T,
    config?: { recoveryValueFunc: () => T },
  ): ParserMethod<A, T> {
    return this.RULE<(...args: A) => T>(name, body, config ?? { resyncEnabled: false });
  }

  /** For rules whose result may be left out where it could not be read. */
  protected omission(): { recoveryValueFunc: () => undefined } {
    return { recoveryValueFunc: () => undefined };
  }

  /** A rule that gives an expression, also where it cannot be read. */
  protected exprRule(name: string, body: () => Expr): ParserMethod<[], Expr> {
    return this.rule(name, body, { recoveryValueFunc: () => this.errorExpr() });
  }

  /** Adds what a rule gave; a rule that could not be read gives nothing, whatever its type says. */
  protected collect<T>(list: T[], item: T | undefined): void {
    if (item !== undefined) list.push(item);
  }

  // Spans and words --------------------------------------------------------------------------------------------------

  /** From the token or place given to the last token consumed. */
  protected from(start: IToken | Span): Span {
    const first = 'startOffset' in start ? this.spanOf(start) : start;
    const last = this.spanOf(this.LA(0));
    return { file: this.file, start: first.start, end: Math.max(first.start, last.end) };
  }

  /** Where a token stands. One that is not there stands right behind what was read: chevrotain gives such ones no place. */
  protected spanOf(token: IToken | undefined): Span {
    const { file, end } = this;
    if (token?.tokenType === EOF) return { file, start: end, end };
    if (!token || !isPlaced(token)) return { file, start: this.readTo(), end: this.readTo() };
    return { file, start: token.startOffset, end: token.startOffset + token.image.length };
  }

  /** The offset behind the last token that is in the text. */
  private readTo(): number {
    for (let back = 0; ; back--) {
      const token = this.LA(back) as IToken | undefined;
      if (!token || token.tokenType === EOF) return 0;
      if (isPlaced(token)) return token.startOffset + token.image.length;
    }
  }

  /** Whether the next token stands on another line than the last one. */
  protected isOnNewLine(): boolean {
    return this.text.slice(this.readTo(), this.LA(1).startOffset).includes('\n');
  }

  protected nameOf(token: IToken): Name {
    return { text: token.isInsertedInRecovery ? '' : token.image, span: this.spanOf(token) };
  }

  protected note(diagnostic: Diagnostic): void {
    if (!this.RECORDING_PHASE) this.problems.push(diagnostic);
  }

  protected errorExpr(span: Span = this.from(this.LA(1))): Expr {
    return { kind: 'Error', span };
  }

  protected stringOf(token: IToken): StringLiteral {
    const span = this.spanOf(token);
    return {
      text: this.ACTION(() => (token.isInsertedInRecovery ? '' : readText(token.image, span, this.problems))),
      span,
    };
  }

  protected numberOf(token: IToken): NumberExpr {
    const span = this.spanOf(token);
    const value = this.ACTION(() => (token.isInsertedInRecovery ? 0n : readNumber(token.image, span, this.problems)));
    return { kind: 'Number', value, span };
  }
}

/** Tokens made up in recovery have NaN, those of chevrotain's recording of the grammar nothing. */
function isPlaced(token: { readonly startOffset?: number }): boolean {
  return token.startOffset !== undefined && token.startOffset >= 0;
}
