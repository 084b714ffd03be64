/** What every part of the parser uses: spans, words, notes. */
import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import type { Expr, Name, NumberExpr, StringLiteral } from './ast.js';
import type { Diagnostic, Span } from './diagnostic.js';
import { readNumber, readText } from './literals.js';
import { messages } from './parser-messages.js';
import * as t from './tokens.js';

export abstract class TreeParser extends EmbeddedActionsParser {
  /** Set before each file. */
  file = '';
  problems: Diagnostic[] = [];

  constructor() {
    super(t.vocabulary, { recoveryEnabled: true, maxLookahead: 2, errorMessageProvider: messages });
  }

  /** chevrotain's RULE, with the result's type taken from where the rule is kept. */
  protected rule<A extends unknown[], T>(
    name: string,
    body: (...args: A) => T,
    config?: { recoveryValueFunc: () => T },
  ): ParserMethod<A, T> {
    return this.RULE<(...args: A) => T>(name, body, config);
  }

  // Spans and words --------------------------------------------------------------------------------------------------

  /** From the token given to the last one consumed. */
  protected from(start: IToken | Span): Span {
    const begin = 'startOffset' in start ? start.startOffset : start.start;
    const last = this.LA(0) as IToken | undefined;
    const end = (last?.endOffset ?? begin) + 1;
    return { file: this.file, start: begin || 0, end: Math.max(end || 0, begin || 0) };
  }

  protected spanOf(token: IToken): Span {
    return { file: this.file, start: token.startOffset || 0, end: (token.endOffset ?? token.startOffset) + 1 || 0 };
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

  /** What stands for an expression that could not be read. */
  protected recovery(): { recoveryValueFunc: () => Expr } {
    return { recoveryValueFunc: () => this.errorExpr() };
  }
}
