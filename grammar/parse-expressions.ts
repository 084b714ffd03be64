/** The rules for expressions, from the loosest operator to the tightest. Trees are built while parsing. */
import { type IToken, type ParserMethod, tokenMatcher, type TokenType } from 'chevrotain';
import type {
  ArithmeticOperator,
  CallExpr,
  CompareOperator,
  ContainsExpr,
  Expr,
  Name,
  PathExpr,
  UnaryOperator,
} from './ast.js';
import { report, type Span } from './diagnostic.js';
import { chainedComparison, expected, tooDeep } from './diagnostics.js';
import { describeToken } from './parser-messages.js';
import { readAddress, readBytes, readDuration, readHex } from './literals.js';
import { PathParser } from './parse-paths.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;
/** Other languages' spellings; that they are foreign is said elsewhere. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['===', '=='],
  ['<>', '!='],
]);

type Tail = (subject: Expr) => Expr;

/** What may stand behind the literal of `contains`. */
type Modifiers = Partial<Pick<ContainsExpr, 'nocase' | 'at' | 'within' | 'as'>>;

/** How deep brackets, prefixes and operators may nest: far more than a person writes, far less than the stack holds. */
export const MAX_DEPTH = 200;

const STARTS_VALUE = [
  t.Number,
  t.Ipv4Address,
  t.Ipv6Address,
  t.MacAddress,
  t.String,
  t.HexString,
  t.LeftBrace,
  t.Identifier,
];

export abstract class ExpressionParser extends PathParser {
  // Expressions ------------------------------------------------------------------------------------------------------

  readonly expression: Rule<Expr> = this.exprRule('expression', () => this.SUBRULE(this.disjunction));

  private readonly disjunction: Rule<Expr> = this.exprRule('disjunction', () => {
    const operands: Expr[] = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(t.Or);
      this.collect(operands, this.SUBRULE2(this.conjunction));
    });
    return this.ACTION(() => this.joined('or', operands));
  });

  private readonly conjunction: Rule<Expr> = this.exprRule('conjunction', () => {
    const operands: Expr[] = [this.SUBRULE(this.negation)];
    this.MANY(() => {
      this.CONSUME(t.And);
      this.collect(operands, this.SUBRULE2(this.negation));
    });
    return this.ACTION(() => this.joined('and', operands));
  });

  private joined(operator: 'and' | 'or', operands: readonly Expr[]): Expr {
    const [first = this.errorExpr()] = operands;
    if (operands.length === 1) return first;
    return { kind: 'Logic', operator, operands, span: this.from(first.span) };
  }

  private readonly negation: Rule<Expr> = this.exprRule('negation', () =>
    this.OR<Expr>([
      {
        GATE: () => this.LA(2).tokenType === t.By,
        ALT: () => this.SUBRULE(this.counted),
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: () => {
          const not = this.CONSUME(t.Not);
          const operand = this.SUBRULE(this.negation);
          return { kind: 'Unary', operator: 'not', operand, span: this.from(not) };
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  );

  /** `count by ip.src > 5 per 1s` inside a condition: of which packets it would be, nobody could say. */
  private readonly counted: Rule<Expr> = this.exprRule('counted', () => {
    const word = this.CONSUME(t.Count);
    this.CONSUME(t.By);
    this.SUBRULE(this.comparison);
    this.CONSUME(t.Per);
    this.SUBRULE2(this.value);
    const help = '`count` is a key of its own: write it on the line below `when`';
    this.note(report(expected, { what: 'a condition', found: '`count`', help }, { span: this.spanOf(word) }));
    return this.errorExpr(this.from(word));
  });

  /** What is not available yet: the finding is about its word alone, and a regular expression's token holds more. */
  private reservedExpr(token: Name, start: Span): Expr {
    const text = /^\w*/.exec(token.text)?.[0] ?? '';
    const word = { text, span: { ...token.span, end: token.span.start + text.length } };
    return { kind: 'Reserved', word, span: this.from(start) };
  }

  /** What follows a comparison's left side; where it cannot be read, that side stands alone. */
  private tailRule<A extends unknown[]>(name: string, body: (...args: A) => Tail): ParserMethod<A, Tail> {
    return this.rule(name, body, { recoveryValueFunc: () => (subject) => subject });
  }

  private readonly comparison: Rule<Expr> = this.exprRule('comparison', () => {
    let subject = this.SUBRULE(this.value);
    let count = 0;
    this.MANY(() => {
      const start = this.LA(1);
      const tail = this.SUBRULE(this.comparisonTail);
      this.ACTION(() => {
        if (count++ > 0) this.note(report(chainedComparison, undefined, { span: this.from(start) }));
        else subject = tail(subject);
      });
    });
    return subject;
  });

  private readonly comparisonTail: Rule<Tail> = this.tailRule('comparisonTail', () =>
    this.OR<Tail>([
      { ALT: () => this.SUBRULE(this.compareTail) },
      { ALT: () => this.SUBRULE(this.flagsTail) },
      { ALT: () => this.SUBRULE(this.membershipTail) },
    ]),
  );

  private readonly compareTail: Rule<Tail> = this.tailRule('compareTail', () => {
    const operator = this.OR([
      { ALT: () => this.CONSUME(t.EqualEqual) },
      { ALT: () => this.CONSUME(t.NotEqual) },
      { ALT: () => this.CONSUME(t.LessEqual) },
      { ALT: () => this.CONSUME(t.GreaterEqual) },
      { ALT: () => this.CONSUME(t.Less) },
      { ALT: () => this.CONSUME(t.Greater) },
      { ALT: () => this.singleEqual(this.CONSUME(t.Equal)) },
    ]);
    const right = this.SUBRULE(this.value);
    const meant = MEANT.get(operator.image) ?? operator.image;
    return (left) => ({ kind: 'Compare', operator: meant as CompareOperator, left, right, span: this.from(left.span) });
  });

  private singleEqual(token: IToken): IToken {
    const p = { what: '`==`', found: '`=`', help: 'a comparison is written `==`; `=` gives a name its value' };
    this.note(report(expected, p, { span: this.spanOf(token) }));
    return token;
  }

  private readonly flagsTail: Rule<Tail> = this.tailRule('flagsTail', () => {
    const operator = this.OR([
      { ALT: () => this.CONSUME(t.Has) },
      { ALT: () => this.CONSUME(t.Any) },
      { ALT: () => this.CONSUME(t.Lacks) },
    ]);
    const right = this.SUBRULE(this.value);
    const image = operator.image as 'has' | 'any' | 'lacks';
    return (left) => ({ kind: 'Flags', operator: image, left, right, span: this.from(left.span) });
  });

  private readonly membershipTail: Rule<Tail> = this.tailRule('membershipTail', () => {
    const negated = this.OPTION(() => this.CONSUME(t.Not)) !== undefined;
    return this.OR<Tail>([
      {
        ALT: () => {
          this.CONSUME(t.In);
          const right = this.SUBRULE(this.range);
          return (left) => ({ kind: 'In', negated, left, right, span: this.from(left.span) });
        },
      },
      { ALT: () => this.SUBRULE(this.containsTail, { ARGS: [negated] }) },
      { ALT: () => this.SUBRULE(this.matchesTail) },
    ]);
  });

  /** `matches /…/`, which is one token, or `matches "…"`. */
  private readonly matchesTail: Rule<Tail> = this.tailRule('matchesTail', () => {
    const token = this.OR([
      { ALT: () => this.CONSUME(t.Regex) },
      {
        ALT: () => {
          const word = this.CONSUME(t.Matches);
          this.SUBRULE(this.value);
          return word;
        },
      },
    ]);
    const word = this.nameOf(token);
    return (subject) => this.reservedExpr(word, subject.span);
  });

  private readonly containsTail: ParserMethod<[boolean?], Tail> = this.tailRule('containsTail', (negated = false) => {
    this.CONSUME(t.Contains);
    const literal = this.SUBRULE(this.bytesOrName);
    const modifiers: Modifiers[] = [];
    this.MANY(() => {
      const word = this.LA(1);
      const modifier = this.SUBRULE(this.modifier);
      this.ACTION(() => {
        if (modifiers.some((m) => Object.keys(modifier).some((key) => key in m))) this.repeated(word);
        modifiers.push(modifier);
      });
    });
    return (subject) => {
      const span = this.from(subject.span);
      const given = modifiers.reduce<Modifiers>((all, modifier) => ({ ...all, ...modifier }), {});
      return { kind: 'Contains', negated, subject, literal, nocase: false, ...given, span };
    };
  });

  private readonly modifier: Rule<Modifiers> = this.rule('modifier', () =>
    this.OR<Modifiers>([
      {
        ALT: () => {
          this.CONSUME(t.Nocase);
          return { nocase: true };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.At);
          return { at: this.SUBRULE(this.value) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.In);
          return { within: this.SUBRULE(this.range) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.As);
          return { as: this.nameOf(this.CONSUME(t.Identifier)) };
        },
      },
    ]),
  );

  /** Which of two windows or names the author means, nobody knows. */
  private repeated(token: IToken): void {
    const help = 'each of `nocase`, `at`, `in` and `as` stands once';
    const p = { what: `one \`${token.image}\``, found: 'a second one', help };
    this.note(report(expected, p, { span: this.spanOf(token) }));
  }

  /** What `contains` looks for: a literal, the name of one, or a folded expression in parentheses. */
  private readonly bytesOrName: Rule<Expr> = this.exprRule('bytesOrName', () => this.SUBRULE(this.sum));

  /** `A..B`, or a single value. */
  readonly range: Rule<Expr> = this.exprRule('range', () => {
    const low = this.SUBRULE(this.value);
    let range = low;
    this.OPTION(() => {
      this.CONSUME(t.DotDot);
      const high = this.SUBRULE2(this.value);
      range = this.ACTION(() => ({ kind: 'Range', low, high, span: this.from(low.span) }));
    });
    return range;
  });

  readonly value: Rule<Expr> = this.leftAssociative('value', [t.Pipe], () => this.exclusive);
  private readonly exclusive: Rule<Expr> = this.leftAssociative('exclusive', [t.Caret], () => this.masked);
  private readonly masked: Rule<Expr> = this.leftAssociative('masked', [t.Ampersand], () => this.shifted);
  private readonly shifted: Rule<Expr> = this.leftAssociative('shifted', [t.ShiftLeft, t.ShiftRight], () => this.sum);
  private readonly sum: Rule<Expr> = this.leftAssociative('sum', [t.Plus, t.Minus], () => this.product);
  private readonly product: Rule<Expr> = this.leftAssociative(
    'product',
    [t.Star, t.Slash, t.Percent],
    () => this.unary,
  );

  /** `a op b op c` as `(a op b) op c`. */
  protected leftAssociative(name: string, operators: readonly TokenType[], tighter: () => Rule<Expr>): Rule<Expr> {
    const alternatives = operators.map((type) => ({ ALT: () => this.CONSUME(type) }));
    return this.exprRule(name, () => {
      let left = this.SUBRULE(tighter());
      let count = 0;
      this.MANY(() => {
        const operator = this.OR(alternatives);
        const right = this.SUBRULE2(tighter());
        const image = operator.image as ArithmeticOperator;
        this.ACTION(() => {
          // Each operator nests the tree by one, and every later stage walks it by recursion.
          if (++count === MAX_DEPTH) this.note(report(tooDeep, { limit: MAX_DEPTH }, { span: this.spanOf(operator) }));
          if (count < MAX_DEPTH)
            left = { kind: 'Arithmetic', operator: image, left, right, span: this.from(left.span) };
        });
      });
      return left;
    });
  }

  protected readonly unary: Rule<Expr> = this.exprRule('unary', () =>
    this.OR<Expr>([
      {
        ALT: () => {
          const operator = this.OR2([{ ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(t.Tilde) }]);
          const operand = this.SUBRULE(this.unary);
          return { kind: 'Unary', operator: operator.image as UnaryOperator, operand, span: this.from(operator) };
        },
      },
      { ALT: () => this.SUBRULE(this.primary) },
    ]),
  );

  private readonly primary: Rule<Expr> = this.exprRule('primary', () =>
    this.OR<Expr>([
      { ALT: () => this.numberOf(this.CONSUME(t.Number)) },
      { ALT: () => this.durationOf(this.CONSUME(t.Duration)) },
      { ALT: () => this.addressOf('Ipv4Address', this.CONSUME(t.Ipv4Address)) },
      { ALT: () => this.addressOf('Ipv6Address', this.CONSUME(t.Ipv6Address)) },
      { ALT: () => this.addressOf('MacAddress', this.CONSUME(t.MacAddress)) },
      { ALT: () => this.bytesOf(this.CONSUME(t.String), readBytes) },
      { ALT: () => this.bytesOf(this.CONSUME(t.HexString), readHex) },
      { ALT: () => ({ kind: 'True', span: this.spanOf(this.CONSUME(t.True)) }) },
      { ALT: () => ({ kind: 'False', span: this.spanOf(this.CONSUME(t.False)) }) },
      { ALT: () => ({ kind: 'None', span: this.spanOf(this.CONSUME(t.None)) }) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.fileList) },
      { ALT: () => this.SUBRULE(this.pathOrCall), IGNORE_AMBIGUITIES: true },
    ]),
  );

  private durationOf(token: IToken): Expr {
    return { kind: 'Duration', nanoseconds: this.ACTION(() => readDuration(token.image)), span: this.spanOf(token) };
  }

  private addressOf(type: 'Ipv4Address' | 'Ipv6Address' | 'MacAddress', token: IToken): Expr {
    return this.ACTION(() => readAddress(type, token.image, this.spanOf(token), this.problems));
  }

  private bytesOf(token: IToken, read: typeof readBytes): Expr {
    const span = this.spanOf(token);
    return { kind: 'Bytes', bytes: this.ACTION(() => read(token.image, span, this.problems)), span };
  }

  private readonly fileList: Rule<Expr> = this.exprRule('fileList', () => {
    const word = this.CONSUME(t.File);
    const path = this.stringOf(this.CONSUME(t.String));
    return { kind: 'File', path, span: this.from(word) };
  });

  private readonly group: Rule<Expr> = this.exprRule('group', () => {
    this.CONSUME(t.LeftParen);
    const inside = this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
    return inside;
  });

  private readonly set: Rule<Expr> = this.exprRule('set', () => {
    const start = this.CONSUME(t.LeftBrace);
    const elements: Expr[] = [];
    this.MANY(() => {
      this.collect(elements, this.SUBRULE(this.range));
      const comma = this.OPTION(() => this.CONSUME(t.Comma));
      if (!comma && this.LA(1).tokenType !== t.RightBrace) this.missingComma();
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Set', elements, span: this.from(start) };
  });

  /** Two elements without a comma between them; the file's end and a closing bracket are someone else's news. */
  protected missingComma(): void {
    const token = this.LA(1);
    if (!STARTS_VALUE.some((type) => tokenMatcher(token, type))) return;
    this.note(report(expected, { what: '`,`', found: describeToken(token) }, { span: this.spanOf(token) }));
  }

  private readonly pathOrCall: Rule<Expr> = this.exprRule('pathOrCall', () => {
    const callee = this.SUBRULE(this.path);
    let expr: PathExpr | CallExpr = callee;
    this.OPTION(() => {
      const args: Expr[] = [];
      this.CONSUME(t.LeftParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => this.collect(args, this.SUBRULE(this.value)) });
      this.CONSUME(t.RightParen);
      expr = this.ACTION(() => ({ kind: 'Call', callee, args, span: this.from(callee.span) }));
    });
    return expr;
  });
}
