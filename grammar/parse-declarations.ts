/** The rules for files and signatures. */
import type { IToken, ParserMethod } from 'chevrotain';
import type {
  ConstDecl,
  Declaration,
  Expr,
  ImportDecl,
  ModuleDecl,
  Name,
  PathExpr,
  PolicyDecl,
  PolicyEntry,
  PredicateDecl,
  SignatureDecl,
  SignatureEntry,
} from './ast.js';
import { report } from './diagnostic.js';
import { expected } from './diagnostics.js';
import { ActionParser } from './parse-actions.js';
import { describeToken } from './parser-messages.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export class SigParser extends ActionParser {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  readonly sourceFile: Rule<Declaration[]> = this.rule('file', () => {
    const declarations: Declaration[] = [];
    this.MANY(() =>
      this.OR<unknown>([
        { ALT: () => this.collect(declarations, this.SUBRULE(this.declaration)) },
        { ALT: () => this.CONSUME(t.ModuleEnd) },
      ]),
    );
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
        { ALT: () => this.SUBRULE(this.module) },
        { ALT: () => this.SUBRULE(this.policy) },
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

  // Modules and policies ---------------------------------------------------------------------------------------------

  /** Up to its opening brace: what stands in a module are declarations of their own (`pieces.ts`). */
  private readonly module: Rule<ModuleDecl> = this.rule('module', () => {
    const start = this.CONSUME(t.Module);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const parent = this.OPTION(() => {
      this.CONSUME(t.In);
      return this.SUBRULE(this.path);
    });
    const on = this.OPTION2(() => {
      this.CONSUME(t.On);
      return this.SUBRULE(this.expression);
    });
    const body = this.spanOf(this.CONSUME(t.ModuleStart));
    return { kind: 'Module', name, ...(parent && { parent }), ...(on && { on }), body, span: this.from(start) };
  });

  private readonly policy: Rule<PolicyDecl> = this.rule('policy', () => {
    const start = this.CONSUME(t.Policy);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    const entries: PolicyEntry[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.collect(entries, this.SUBRULE(this.policyEntry)));
    this.CONSUME(t.RightBrace);
    return { kind: 'Policy', name, entries, span: this.from(start) };
  });

  private readonly policyEntry: Rule<PolicyEntry | undefined> = this.rule(
    'policyEntry',
    () =>
      this.OR<PolicyEntry>([
        { ALT: () => this.SUBRULE(this.protect) },
        { ALT: () => this.SUBRULE(this.otherwise) },
        { ALT: () => this.SUBRULE(this.disable) },
        { ALT: () => this.SUBRULE(this.override) },
      ]),
    this.omission(),
  );

  private readonly protect: Rule<PolicyEntry> = this.rule('protect', () => {
    const start = this.CONSUME(t.Protect);
    const networks: Expr[] = [];
    const modules: PathExpr[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(networks, this.SUBRULE(this.range)) });
    this.CONSUME(t.With);
    this.AT_LEAST_ONE_SEP2({ SEP: t.Comma, DEF: () => this.collect(modules, this.SUBRULE(this.target)) });
    return { kind: 'Protect', networks, modules, span: this.from(start) };
  });

  private readonly otherwise: Rule<PolicyEntry> = this.rule('otherwise', () => {
    const start = this.CONSUME(t.Otherwise);
    const verdict = this.SUBRULE(this.wordOrString);
    return { kind: 'Otherwise', verdict, span: this.from(start) };
  });

  /** On the next line a word is the next entry: the name is missing. */
  private readonly target: Rule<PathExpr> = this.rule(
    'target',
    () => this.OR<PathExpr>([{ GATE: () => !this.isOnNewLine(), ALT: () => this.SUBRULE(this.path) }]),
    { recoveryValueFunc: () => ({ kind: 'Path', segments: [], span: this.from(this.LA(1)) }) },
  );

  private readonly disable: Rule<PolicyEntry> = this.rule('disable', () => {
    const start = this.CONSUME(t.Disable);
    const target = this.SUBRULE(this.target);
    return { kind: 'Disable', target, span: this.from(start) };
  });

  private readonly override: Rule<PolicyEntry> = this.rule('override', () => {
    const start = this.CONSUME(t.Override);
    const signature = this.SUBRULE(this.target);
    const actions = this.OPTION(() => this.SUBRULE(this.then));
    if (!actions) this.missingThen();
    return { kind: 'Override', signature, actions: actions ?? [], span: this.from(start) };
  });

  /** Taken for granted, it would make actions of the words that follow. */
  private missingThen(): void {
    const isOnNewLine = this.isOnNewLine();
    const found = isOnNewLine ? 'the end of the line' : describeToken(this.LA(1));
    const span = this.spanOf(isOnNewLine ? undefined : this.LA(1));
    this.note(report(expected, { what: '`then` and what happens (`then log`)', found }, { span }));
  }

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
        { ALT: () => this.SUBRULE(this.thenEntry) },
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

  private readonly thenEntry: Rule<SignatureEntry> = this.rule('thenEntry', () => {
    const start = this.LA(1);
    return { kind: 'Then', actions: this.SUBRULE(this.then), span: this.from(start) };
  });

  private readonly letEntry: Rule<SignatureEntry> = this.rule('letEntry', () => {
    const start = this.CONSUME(t.Let);
    const name = this.nameOf(this.CONSUME(t.Identifier));
    this.CONSUME(t.Equal);
    const value = this.SUBRULE(this.value);
    return { kind: 'Let', name, value, span: this.from(start) };
  });
}
