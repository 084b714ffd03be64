/** The rules for protocol layouts: `space`, `header`, `view`. */
import type { IToken, ParserMethod } from 'chevrotain';
import type {
  CompareOperator,
  EitherDecl,
  Expr,
  FieldDecl,
  FieldDefault,
  FlagDecl,
  HeaderDecl,
  HeaderItem,
  HeaderKey,
  ListCase,
  ListDecl,
  Name,
  NumberExpr,
  SpaceDecl,
  ViewDecl,
  ViewField,
} from './ast.js';
import { ExpressionParser } from './parse-expressions.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export abstract class HeaderParser extends ExpressionParser {
  protected readonly space: Rule<SpaceDecl> = this.rule('space', () => {
    const start = this.CONSUME(t.Space);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.Colon);
    const type = this.nameOf(this.CONSUME2(t.Identifier));
    return { kind: 'Space', name, type, span: this.from(start) };
  });

  protected readonly header: Rule<HeaderDecl> = this.rule('header', () => {
    const start = this.CONSUME(t.Header);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const keys: HeaderKey[] = [];
    this.AT_LEAST_ONE(() => this.collect(keys, this.SUBRULE(this.headerKey)));
    let repeat: NumberExpr | undefined;
    this.OPTION(() => {
      this.CONSUME(t.Repeat);
      repeat = this.numberOf(this.CONSUME(t.Number));
    });
    const role = this.OPTION2(() => this.SUBRULE(this.role));
    this.CONSUME(t.LeftBrace);
    const items: HeaderItem[] = [];
    this.MANY(() => this.collect(items, this.SUBRULE(this.headerItem)));
    this.CONSUME(t.RightBrace);
    return {
      kind: 'Header',
      name,
      keys,
      items,
      ...(repeat && { repeat }),
      ...(role && { role }),
      span: this.from(start),
    };
  });

  private readonly role: Rule<NonNullable<HeaderDecl['role']>> = this.rule('role', () => {
    this.CONSUME(t.Role);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const label = this.OPTION(() => this.stringOf(this.CONSUME(t.String)));
    return label ? { name, label } : { name };
  });

  private readonly headerKey: Rule<HeaderKey> = this.rule('headerKey', () => {
    this.CONSUME(t.In);
    const space = this.nameOf(this.CONSUME(t.Identifier));
    const values: Expr[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(values, this.SUBRULE(this.value)) });
    return { space, values };
  });

  private readonly headerItem: Rule<HeaderItem | undefined> = this.rule(
    'headerItem',
    () =>
      this.OR<HeaderItem | undefined>([
        { ALT: () => this.SUBRULE(this.field), IGNORE_AMBIGUITIES: true },
        { ALT: () => this.SUBRULE(this.list), IGNORE_AMBIGUITIES: true },
        { ALT: () => this.SUBRULE(this.either), IGNORE_AMBIGUITIES: true },
        {
          ALT: () => {
            const start = this.CONSUME(t.Size);
            const value = this.SUBRULE(this.value);
            return { kind: 'Size', value, span: this.from(start) };
          },
        },
        { ALT: () => this.SUBRULE(this.extent) },
        { ALT: () => this.SUBRULE(this.next) },
      ]),
    this.omission(),
  );

  private readonly extent: Rule<HeaderItem> = this.rule('extent', () => {
    const start = this.CONSUME(t.Extent);
    const value = this.SUBRULE(this.value);
    const when = this.OPTION(() => this.SUBRULE(this.guard));
    return { kind: 'Extent', value, ...(when && { when }), span: this.from(start) };
  });

  private readonly next: Rule<HeaderItem> = this.rule('next', () => {
    const start = this.CONSUME(t.Next);
    const space = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.LeftParen);
    const value = this.SUBRULE(this.value);
    this.CONSUME(t.RightParen);
    const when = this.OPTION(() => this.SUBRULE(this.guard));
    return { kind: 'Next', space, value, ...(when && { when }), span: this.from(start) };
  });

  private readonly guard: Rule<Expr> = this.rule('guard', () => {
    this.CONSUME(t.When);
    return this.SUBRULE(this.expression);
  });

  private readonly field: Rule<FieldDecl> = this.rule('field', () => {
    const peek = this.OPTION({ GATE: () => this.LA(2).tokenType !== t.Colon, DEF: () => this.CONSUME(t.Peek) });
    const word = this.CONSUME(t.Word);
    this.CONSUME(t.Colon);
    const type = this.nameOf(this.CONSUME(t.Identifier));
    const constraint = this.OPTION2(() => this.SUBRULE(this.constraint));
    const initial = this.OPTION3(() => this.SUBRULE(this.initial));
    const flags = this.OPTION4(() => this.SUBRULE(this.flags));
    return {
      kind: 'Field',
      peek: peek !== undefined,
      name: this.nameOf(word),
      type,
      ...(constraint && { constraint }),
      ...(initial && { initial }),
      ...(flags && { flags }),
      span: this.from(peek ?? word),
    };
  });

  private readonly constraint: Rule<NonNullable<FieldDecl['constraint']>> = this.rule('constraint', () => {
    const operator = this.OR([
      { ALT: () => this.CONSUME(t.EqualEqual) },
      { ALT: () => this.CONSUME(t.NotEqual) },
      { ALT: () => this.CONSUME(t.LessEqual) },
      { ALT: () => this.CONSUME(t.GreaterEqual) },
      { ALT: () => this.CONSUME(t.Less) },
      { ALT: () => this.CONSUME(t.Greater) },
    ]);
    return { operator: operator.image as CompareOperator, value: this.SUBRULE(this.value) };
  });

  private readonly initial: Rule<FieldDefault> = this.rule('initial', () => {
    this.CONSUME(t.Equal);
    return this.OR<FieldDefault>([
      {
        ALT: () => {
          this.CONSUME(t.Auto);
          return { kind: 'Auto' };
        },
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.checksum), IGNORE_AMBIGUITIES: true },
      { ALT: () => ({ kind: 'Value', value: this.SUBRULE(this.value) }) },
    ]);
  });

  private readonly checksum: Rule<FieldDefault> = this.rule('checksum', () => {
    const word = this.CONSUME(t.Identifier);
    const over: Name[] = [];
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => over.push(this.nameOf(this.CONSUME(t.Word))) });
    this.CONSUME(t.RightParen);
    return { kind: 'Checksum', function: this.nameOf(word), over, span: this.from(word) };
  });

  private readonly flags: Rule<FlagDecl[]> = this.rule('flags', () => {
    const flags: FlagDecl[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const name = this.nameOf(this.CONSUME(t.Word));
      flags.push({ name, value: this.numberOf(this.CONSUME(t.Number)) });
    });
    this.CONSUME(t.RightBrace);
    return flags;
  });

  private readonly either: Rule<EitherDecl> = this.rule('either', () => {
    const start = this.CONSUME(t.Either);
    const name = this.nameOf(this.CONSUME(t.Word));
    this.CONSUME(t.Equal);
    const source = this.nameOf(this.CONSUME2(t.Word));
    this.CONSUME(t.Pipe);
    const destination = this.nameOf(this.CONSUME3(t.Word));
    return { kind: 'Either', name, source, destination, span: this.from(start) };
  });

  private readonly list: Rule<ListDecl> = this.rule('list', () => {
    const word = this.CONSUME(t.Word);
    this.CONSUME(t.Until);
    const until = this.SUBRULE(this.value);
    this.CONSUME(t.LeftBrace);
    const selector = this.SUBRULE(this.field);
    const cases: ListCase[] = [];
    this.MANY(() => this.collect(cases, this.SUBRULE(this.listCase)));
    this.CONSUME(t.RightBrace);
    return { kind: 'List', name: this.nameOf(word), until, selector, cases, span: this.from(word) };
  });

  private readonly listCase: Rule<ListCase> = this.rule('listCase', () =>
    this.OR<ListCase>([
      {
        ALT: () => {
          const start = this.CONSUME(t.Case);
          const value = this.SUBRULE(this.value);
          return this.SUBRULE(this.caseBody, { ARGS: [start, value] });
        },
      },
      {
        ALT: () => {
          const start = this.CONSUME(t.Else);
          return this.SUBRULE2(this.caseBody, { ARGS: [start] });
        },
      },
    ]),
  );

  private readonly caseBody: ParserMethod<[IToken?, Expr?], ListCase> = this.rule(
    'caseBody',
    (start?: IToken, value?: Expr) => {
      const base = { ...(value && { value }), action: 'stop' as const, fields: [] };
      return this.OR<ListCase>([
        {
          ALT: () => {
            this.CONSUME(t.Stop);
            return { ...base, span: this.from(start ?? this.LA(0)) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Skip);
            return { ...base, action: 'skip', skip: this.SUBRULE(this.value), span: this.from(start ?? this.LA(0)) };
          },
        },
        { ALT: () => ({ ...base, ...this.SUBRULE(this.entry), span: this.from(start ?? this.LA(0)) }) },
      ]);
    },
  );

  /** `as lsrr { length : u8 } size length` */
  private readonly entry: Rule<Omit<ListCase, 'value' | 'span'>> = this.rule('entry', () => {
    let name: Name | undefined;
    this.OPTION(() => {
      this.CONSUME(t.As);
      name = this.nameOf(this.CONSUME(t.Word));
    });
    const fields: FieldDecl[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.collect(fields, this.SUBRULE(this.field)));
    this.CONSUME(t.RightBrace);
    this.CONSUME(t.Size);
    const size = this.SUBRULE(this.value);
    return { action: 'entry', fields, size, ...(name && { name }) };
  });

  protected readonly view: Rule<ViewDecl> = this.rule('view', () => {
    const start = this.CONSUME(t.View);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.Equal);
    const headers: Name[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => headers.push(this.nameOf(this.CONSUME2(t.Identifier))) });
    const items: (ViewField | EitherDecl)[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() =>
      this.OR<unknown>([
        { ALT: () => this.collect(items, this.SUBRULE(this.either)), IGNORE_AMBIGUITIES: true },
        { ALT: () => this.collect(items, this.SUBRULE(this.viewField)) },
      ]),
    );
    this.CONSUME(t.RightBrace);
    return { kind: 'View', name, headers, items, span: this.from(start) };
  });

  private readonly viewField: Rule<ViewField> = this.rule('viewField', () => {
    const word = this.CONSUME(t.Word);
    this.CONSUME(t.Equal);
    const fields: Name[] = [];
    let last: Name | undefined;
    this.OR([
      {
        GATE: () => this.LA(2).tokenType === t.LeftParen,
        ALT: () => {
          this.CONSUME(t.Last);
          this.CONSUME(t.LeftParen);
          last = this.nameOf(this.CONSUME(t.Identifier));
          this.CONSUME(t.RightParen);
        },
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => fields.push(this.nameOf(this.CONSUME2(t.Word))) }) },
    ]);
    return { kind: 'ViewField', name: this.nameOf(word), fields, ...(last && { last }), span: this.from(word) };
  });
}
