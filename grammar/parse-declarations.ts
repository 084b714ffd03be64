/** The rules for files, signatures and tests. */
import type { IToken, ParserMethod } from 'chevrotain';
import type {
  Action,
  Assignment,
  ConstDecl,
  Declaration,
  ExpectItem,
  Expr,
  ImportDecl,
  Name,
  PacketHeader,
  PredicateDecl,
  ReservedDecl,
  SignatureDecl,
  SignatureEntry,
  TestDecl,
  TestStepDecl,
} from './ast.js';
import { report } from './diagnostic.js';
import { notAvailable } from './diagnostics.js';
import { HeaderParser } from './parse-headers.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export class SigParser extends HeaderParser {
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

  private readonly declaration: Rule<Declaration | undefined> = this.rule('declaration', () =>
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
  private readonly reserved: Rule<ReservedDecl> = this.rule('reserved', () => {
    const start = this.OR([{ ALT: () => this.CONSUME(t.Module) }, { ALT: () => this.CONSUME(t.Policy) }]);
    const word = this.nameOf(start);
    this.note(report(notAvailable, { what: `\`${start.image}\`` }, { span: word.span }));
    this.MANY(() => this.CONSUME(t.Anything));
    this.SUBRULE(this.block);
    return { kind: 'Reserved', word, span: this.from(start) };
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

  private readonly signatureEntry: Rule<SignatureEntry | undefined> = this.rule('signatureEntry', () =>
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
      { ALT: () => this.SUBRULE(this.countEntry) },
    ]),
  );

  private readonly numbered: Rule<SignatureEntry> = this.rule('numbered', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(t.Id) }, { ALT: () => this.CONSUME(t.Rev) }]);
    const value = this.numberOf(this.CONSUME(t.Number));
    return { kind: word.tokenType === t.Id ? 'Id' : 'Rev', value, span: this.from(word) };
  });

  private readonly titled: Rule<SignatureEntry> = this.rule('titled', () => {
    const word = this.CONSUME(t.Title);
    const value = this.stringOf(this.CONSUME(t.String));
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
        { ALT: () => this.nameOf(this.CONSUME(t.Word)) },
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
      pairs.push({ key, value: this.stringOf(this.CONSUME(t.String)) });
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Meta', pairs, span: this.from(word) };
  });

  private readonly when: Rule<SignatureEntry> = this.rule('when', () => {
    const word = this.CONSUME(t.When);
    const condition = this.SUBRULE(this.expression);
    return { kind: 'When', condition, span: this.from(word) };
  });

  private readonly then: Rule<SignatureEntry> = this.rule('then', () => {
    const word = this.CONSUME(t.Then);
    const actions: Action[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(actions, this.SUBRULE(this.action)) });
    return { kind: 'Then', actions, span: this.from(word) };
  });

  /** `log`, or a reserved one with what belongs to it (`limit 1 per 10s by ip.src`); which words there are, the checker knows. */
  private readonly action: Rule<Action> = this.rule('action', () => {
    const word = this.OR([
      { ALT: () => this.SUBRULE(this.limit), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.markOrDelay), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.forward), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.CONSUME(t.Identifier) },
    ]);
    return { name: this.nameOf(word), span: this.from(word) };
  });

  private readonly limit: Rule<IToken> = this.rule('limit', () => {
    const word = this.CONSUME(t.Limit);
    this.CONSUME(t.Number);
    this.CONSUME(t.Per);
    this.CONSUME(t.Duration);
    this.OPTION(() => {
      this.CONSUME(t.By);
      this.SUBRULE(this.path);
    });
    return word;
  });

  private readonly markOrDelay: Rule<IToken> = this.rule('markOrDelay', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(t.Mark) }, { ALT: () => this.CONSUME(t.Delay) }]);
    this.SUBRULE(this.value);
    return word;
  });

  private readonly forward: Rule<IToken> = this.rule('forward', () => {
    const word = this.CONSUME(t.Forward);
    this.CONSUME(t.Identifier);
    return word;
  });

  private readonly letEntry: Rule<SignatureEntry> = this.rule('letEntry', () => {
    const start = this.CONSUME(t.Let);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equal);
    this.SUBRULE(this.value);
    return this.reservedEntry(start);
  });

  private readonly countEntry: Rule<SignatureEntry> = this.rule('countEntry', () => {
    const start = this.CONSUME(t.Count);
    this.CONSUME(t.By);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Per);
    this.CONSUME(t.Duration);
    return this.reservedEntry(start);
  });

  private reservedEntry(start: IToken): SignatureEntry {
    return { kind: 'Reserved', word: this.nameOf(start), span: this.from(start) };
  }

  // Tests ------------------------------------------------------------------------------------------------------------

  private readonly test: Rule<TestDecl> = this.rule('test', () => {
    const start = this.CONSUME(t.Test);
    const title = this.stringOf(this.CONSUME(t.String));
    const steps: TestStepDecl[] = [];
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const step = this.SUBRULE(this.testStep);
      if (step) steps.push(step);
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Test', title, steps, span: this.from(start) };
  });

  private readonly testStep: Rule<TestStepDecl | undefined> = this.rule('testStep', () =>
    this.OR<TestStepDecl | undefined>([
      { ALT: () => this.SUBRULE(this.packet) },
      { ALT: () => this.SUBRULE(this.expect) },
      {
        ALT: () => {
          const start = this.CONSUME(t.Pcap);
          return { kind: 'Pcap', path: this.stringOf(this.CONSUME(t.String)), span: this.from(start) };
        },
      },
      {
        ALT: () => {
          const start = this.CONSUME(t.After);
          return { kind: 'After', duration: this.SUBRULE(this.value), span: this.from(start) };
        },
      },
      {
        ALT: () => {
          const start = this.CONSUME(t.Under);
          return { kind: 'Under', policy: this.nameOf(this.CONSUME(t.Identifier)), span: this.from(start) };
        },
      },
    ]),
  );

  private readonly packet: Rule<TestStepDecl> = this.rule('packet', () => {
    const start = this.CONSUME(t.Packet);
    return this.OR<TestStepDecl>([
      { ALT: () => ({ ...this.SUBRULE(this.builtPacket), span: this.from(start) }) },
      {
        ALT: () => ({ kind: 'RawPacket', bytes: this.SUBRULE(this.value), span: this.from(start) }),
        IGNORE_AMBIGUITIES: true,
      },
    ]);
  });

  private readonly builtPacket: Rule<TestStepDecl> = this.rule(
    'builtPacket',
    () => {
      const headers: PacketHeader[] = [];
      let payload: Expr | undefined;
      const start = this.CONSUME(t.LeftBrace);
      this.MANY(() =>
        this.OR<unknown>([
          {
            GATE: () => this.LA(2).tokenType !== t.LeftBrace,
            ALT: () => {
              this.CONSUME(t.Payload);
              payload = this.SUBRULE(this.value);
            },
            IGNORE_AMBIGUITIES: true,
          },
          { ALT: () => this.collect(headers, this.SUBRULE(this.packetHeader)) },
        ]),
      );
      this.CONSUME(t.RightBrace);
      return { kind: 'Packet', headers, ...(payload && { payload }), span: this.from(start) };
    },
    { recoveryValueFunc: () => ({ kind: 'Packet', headers: [], span: this.from(this.LA(1)) }) },
  );

  private readonly packetHeader: Rule<PacketHeader> = this.rule('packetHeader', () => {
    const word = this.CONSUME(t.Identifier);
    const assignments: Assignment[] = [];
    this.OPTION(() => {
      this.CONSUME(t.LeftBrace);
      this.MANY(() => {
        const name = this.nameOf(this.CONSUME(t.Word));
        assignments.push({ name, value: this.SUBRULE(this.value) });
      });
      this.CONSUME(t.RightBrace);
    });
    return { header: this.nameOf(word), assignments, span: this.from(word) };
  });

  private readonly expect: Rule<TestStepDecl> = this.rule('expect', () => {
    const start = this.CONSUME(t.Expect);
    const items: ExpectItem[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.collect(items, this.SUBRULE(this.expectItem)) });
    return { kind: 'Expect', items, span: this.from(start) };
  });

  private readonly expectItem: Rule<ExpectItem> = this.rule('expectItem', () => {
    const start = this.LA(1);
    const item: Omit<ExpectItem, 'span' | 'count'> = this.OR([
      {
        ALT: () => {
          this.CONSUME(t.None);
          return {};
        },
      },
      {
        GATE: () => this.LA(2).tokenType !== t.Dot,
        ALT: () => {
          this.CONSUME(t.Verdict);
          return { verdict: this.nameOf(this.CONSUME(t.Word)) };
        },
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => ({ signature: this.SUBRULE(this.path) }) },
    ]);
    let count: ExpectItem['count'];
    this.OPTION(() => {
      this.CONSUME(t.Star);
      count = this.numberOf(this.CONSUME(t.Number));
    });
    return { ...item, ...(count && { count }), span: this.from(start) };
  });
}
