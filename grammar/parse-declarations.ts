/** The rules for files and signatures. */
import type { IToken, ParserMethod } from 'chevrotain';
import type {
  ConstDecl,
  Declaration,
  Expr,
  ImportDecl,
  Name,
  PredicateDecl,
  PolicyDecl,
  SignatureDecl,
  SignatureEntry,
} from './ast.js';
import { report } from './diagnostic.js';
import { expected, notAvailable } from './diagnostics.js';
import { ActionParser } from './parse-actions.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export class SigParser extends ActionParser {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  readonly sourceFile: Rule<Declaration[]> = this.rule('file', () => {
    const declarations: Declaration[] = [];
    this.MANY(() => {
      const declaration = this.SUBRULE(this.declaration);
      if (declaration) declarations.push(declaration);
    });
    return declarations;
  });

  /** What may stand behind `param name =`, by itself. */
  readonly settingValue: Rule<Expr> = this.exprRule('settingValue', () => this.SUBRULE(this.range));

  private readonly declaration: Rule<Declaration | undefined> = this.rule(
    'declaration',
    () =>
      this.OR<Declaration | undefined>([
        { ALT: () => this.SUBRULE(this.import) },
        { ALT: () => this.SUBRULE(this.constant) },
        { ALT: () => this.SUBRULE(this.space) },
        { ALT: () => this.SUBRULE(this.header) },
        { ALT: () => this.SUBRULE(this.view) },
        { ALT: () => this.SUBRULE(this.predicate) },
        { ALT: () => this.SUBRULE(this.signature) },
        { ALT: () => this.SUBRULE(this.test) },
        { ALT: () => this.SUBRULE(this.reserved) },
      ]),
    this.omission(),
  );

  private readonly import: Rule<ImportDecl> = this.rule('import', () => {
    const start = this.CONSUME(t.Import);
    const path = this.stringOf(this.CONSUME(t.String));
    let alias: Name | undefined;
    this.OPTION(() => {
      this.CONSUME(t.As);
      alias = this.nameOf(this.CONSUME(t.Identifier));
    });
    return { kind: 'Import', path, ...(alias && { alias }), span: this.from(start) };
  });

  private readonly constant: Rule<ConstDecl> = this.rule('constant', () => {
    const start = this.OR([{ ALT: () => this.CONSUME(t.Const) }, { ALT: () => this.CONSUME(t.Param) }]);
    const kind = start.tokenType === t.Param ? 'Param' : 'Const';
    const name = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.Equal);
    const value = this.SUBRULE(this.range);
    return { kind, name, value, span: this.from(start) };
  });

  private readonly predicate: Rule<PredicateDecl> = this.rule('predicate', () => {
    const start = this.CONSUME(t.Predicate);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const params: Name[] = [];
    this.OPTION(() => {
      this.CONSUME(t.LeftParen);
      this.MANY_SEP({ SEP: t.Comma, DEF: () => params.push(this.nameOf(this.CONSUME2(t.Identifier))) });
      this.CONSUME(t.RightParen);
    });
    this.CONSUME(t.Equal);
    const body = this.SUBRULE(this.expression);
    return { kind: 'Predicate', name, params, body, span: this.from(start) };
  });

  /** `module … { … }`, `policy … { … }`: read over to the end of its braces. */
  private readonly reserved: Rule<PolicyDecl> = this.rule('reserved', () => {
    const start = this.OR([{ ALT: () => this.CONSUME(t.Module) }, { ALT: () => this.CONSUME(t.Policy) }]);
    const word = this.nameOf(start);
    this.note(report(notAvailable, { what: `\`${start.image}\`` }, { span: word.span }));
    // Braces behind `in` are a set's; the next ones are the body.
    const isBody = (): boolean => this.LA(1).tokenType === t.LeftBrace && this.LA(0).tokenType !== t.In;
    this.MANY({
      GATE: () => !isBody(),
      DEF: () => this.OR2([{ ALT: () => this.CONSUME(t.Anything) }, { ALT: () => this.SUBRULE2(this.block) }]),
    });
    this.SUBRULE(this.block);
    return { kind: 'Policy', name: word, entries: [], span: this.from(start) };
  });

  private readonly block: Rule<void> = this.rule('block', () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Anything) }, { ALT: () => this.SUBRULE(this.block) }]));
    this.CONSUME(t.RightBrace);
  });

  // Signatures -------------------------------------------------------------------------------------------------------

  private readonly signature: Rule<SignatureDecl> = this.rule('signature', () => {
    const start = this.CONSUME(t.Signature);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const entries: SignatureEntry[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const entry = this.SUBRULE(this.signatureEntry);
      if (entry) entries.push(entry);
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Signature', name, entries, span: this.from(start) };
  });

  private readonly signatureEntry: Rule<SignatureEntry | undefined> = this.rule(
    'signatureEntry',
    () =>
      this.OR<SignatureEntry | undefined>([
        { ALT: () => this.SUBRULE(this.numbered) },
        { ALT: () => this.SUBRULE(this.titled) },
        { ALT: () => this.SUBRULE(this.worded) },
        { ALT: () => this.SUBRULE(this.referred) },
        { ALT: () => this.SUBRULE(this.tagged) },
        { ALT: () => this.SUBRULE(this.described) },
        { ALT: () => this.SUBRULE(this.when) },
        { ALT: () => this.SUBRULE(this.then) },
        { ALT: () => this.SUBRULE(this.letEntry) },
        { ALT: () => this.SUBRULE(this.count) },
      ]),
    this.omission(),
  );

  private readonly numbered: Rule<SignatureEntry | undefined> = this.rule('numbered', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(t.Id) }, { ALT: () => this.CONSUME(t.Rev) }]);
    const number = this.CONSUME(t.Number);
    if (number.isInsertedInRecovery) return undefined;
    const value = this.numberOf(number);
    return { kind: word.tokenType === t.Id ? 'Id' : 'Rev', value, span: this.from(word) };
  });

  private readonly titled: Rule<SignatureEntry | undefined> = this.rule('titled', () => {
    const word = this.CONSUME(t.Title);
    const text = this.CONSUME(t.String);
    if (text.isInsertedInRecovery) return undefined;
    const value = this.stringOf(text);
    return { kind: 'Title', value, span: this.from(word) };
  });

  private readonly worded: Rule<SignatureEntry> = this.rule('worded', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(t.Severity) }, { ALT: () => this.CONSUME(t.Class) }]);
    const value = this.SUBRULE(this.wordOrString);
    return { kind: word.tokenType === t.Severity ? 'Severity' : 'Class', value, span: this.from(word) };
  });

  private readonly wordOrString: Rule<Name> = this.rule(
    'wordOrString',
    () =>
      this.OR<Name>([
        // On the next line a word is the next key: the value is missing.
        { GATE: () => !this.isOnNewLine(), ALT: () => this.nameOf(this.CONSUME(t.Word)) },
        { ALT: () => this.stringOf(this.CONSUME(t.String)) },
      ]),
    { recoveryValueFunc: () => ({ text: '', span: this.from(this.LA(1)) }) },
  );

  private readonly referred: Rule<SignatureEntry> = this.rule('referred', () => {
    const word = this.CONSUME(t.Ref);
    const type = this.OPTION(() => this.nameOf(this.CONSUME(t.Word)));
    const value = this.stringOf(this.CONSUME(t.String));
    return { kind: 'Ref', ...(type && { type }), value, span: this.from(word) };
  });

  private readonly tagged: Rule<SignatureEntry> = this.rule('tagged', () => {
    const word = this.CONSUME(t.Tags);
    const values: Name[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(values, this.SUBRULE(this.wordOrString)) });
    return { kind: 'Tags', values, span: this.from(word) };
  });

  private readonly described: Rule<SignatureEntry> = this.rule('described', () => {
    const word = this.CONSUME(t.Meta);
    const pairs: { key: Name; value: ReturnType<SigParser['stringOf']> }[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const key = this.nameOf(this.CONSUME(t.Word));
      const text = this.OR([
        { ALT: () => this.CONSUME(t.String) },
        { ALT: () => this.unquoted(this.CONSUME(t.Number)) },
      ]);
      if (text) pairs.push({ key, value: this.stringOf(text) });
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Meta', pairs, span: this.from(word) };
  });

  private unquoted(token: IToken): undefined {
    const p = { what: 'a string', found: `\`${token.image}\``, help: `write \`"${token.image}"\`` };
    this.note(report(expected, p, { span: this.spanOf(token) }));
  }

  private readonly when: Rule<SignatureEntry> = this.rule('when', () => {
    const word = this.CONSUME(t.When);
    const condition = this.SUBRULE(this.expression);
    return { kind: 'When', condition, span: this.from(word) };
  });

  private readonly letEntry: Rule<SignatureEntry> = this.rule('letEntry', () => {
    const start = this.CONSUME(t.Let);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.Equal);
    const value = this.SUBRULE(this.value);
    return { kind: 'Let', name, value, span: this.from(start) };
  });
}
