/** The rules for what follows from a match: `count` and `then`. */
import { type IToken, type ParserMethod, tokenMatcher } from 'chevrotain';
import type { Action, Expr, SignatureEntry } from './ast.js';
import { TestParser } from './parse-tests.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export abstract class ActionParser extends TestParser {
  /** `count by ip.src, tcp.dst_port > 20 per 10s` */
  protected readonly count: Rule<SignatureEntry> = this.rule('count', () => {
    const start = this.CONSUME(t.Count);
    const by = this.OPTION(() => this.SUBRULE(this.keys, { ARGS: [false] })) ?? [];
    const operator = this.OR([{ ALT: () => this.CONSUME(t.Greater) }, { ALT: () => this.CONSUME(t.GreaterEqual) }]);
    const number = this.SUBRULE(this.value);
    this.CONSUME(t.Per);
    const per = this.SUBRULE2(this.value);
    const image = operator.image as '>' | '>=';
    return { kind: 'Count', by, operator: image, number, per, span: this.from(start) };
  });

  /** Where actions may follow, a word behind the comma is one, unless a dot or an index makes it a field. */
  private readonly keys: ParserMethod<[boolean?], Expr[]> = this.rule('keys', (amongActions = false) => {
    this.CONSUME(t.By);
    const keys: Expr[] = [];
    this.collect(keys, this.SUBRULE(this.value));
    this.MANY({
      GATE: () => !amongActions || !tokenMatcher(this.LA(2), t.Word) || this.isField(),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.collect(keys, this.SUBRULE2(this.value));
      },
    });
    return keys;
  });

  /** Whether behind a comma a name goes on with a dot or an index. */
  private isField(): boolean {
    return [t.Dot, t.LeftBracket].includes(this.LA(3).tokenType);
  }

  protected readonly then: Rule<Action[]> = this.rule('then', () => {
    this.CONSUME(t.Then);
    const actions: Action[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(actions, this.SUBRULE(this.action)) });
    this.MANY(() => {
      this.missingComma();
      this.collect(actions, this.wordAlone(this.CONSUME(t.PlainWord)));
      this.OPTION(() => this.CONSUME(t.Comma));
    });
    return actions;
  });

  /** Which words there are, the checker knows. */
  private readonly action: Rule<Action> = this.rule('action', () =>
    this.OR<Action>([
      { ALT: () => this.SUBRULE(this.limit), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.mark), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.delay), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.forward), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.wordAlone(this.CONSUME(t.Identifier)) },
    ]),
  );

  private wordAlone(word: IToken): Action {
    return { kind: 'Word', name: this.nameOf(word), span: this.spanOf(word) };
  }

  /** `limit 1 per 10s by ip.src` */
  private readonly limit: Rule<Action> = this.rule('limit', () => {
    const word = this.CONSUME(t.Limit);
    const number = this.SUBRULE(this.value);
    this.CONSUME(t.Per);
    const per = this.SUBRULE2(this.value);
    const by = this.OPTION(() => this.SUBRULE(this.keys, { ARGS: [true] })) ?? [];
    return { kind: 'Limit', name: this.nameOf(word), number, per, by, span: this.from(word) };
  });

  /** `mark 0x10/0xf0`: the slash divides only in brackets. */
  private readonly mark: Rule<Action> = this.rule('mark', () => {
    const word = this.CONSUME(t.Mark);
    const value = this.SUBRULE(this.unary);
    let mask: Expr | undefined;
    this.OPTION(() => {
      this.CONSUME(t.Slash);
      mask = this.SUBRULE2(this.unary);
    });
    return { kind: 'Mark', name: this.nameOf(word), value, ...(mask && { mask }), span: this.from(word) };
  });

  private readonly delay: Rule<Action> = this.rule('delay', () => {
    const word = this.CONSUME(t.Delay);
    const duration = this.SUBRULE(this.value);
    return { kind: 'Delay', name: this.nameOf(word), duration, span: this.from(word) };
  });

  private readonly forward: Rule<Action> = this.rule('forward', () => {
    const word = this.CONSUME(t.Forward);
    const module = this.SUBRULE(this.path);
    return { kind: 'Forward', name: this.nameOf(word), module, span: this.from(word) };
  });
}
