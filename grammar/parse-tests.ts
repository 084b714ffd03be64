/** The rules for tests. */
import type { IToken, ParserMethod } from 'chevrotain';
import type { Assignment, ExpectItem, Expr, NumberExpr, PacketHeader, TestDecl, TestStepDecl } from './ast.js';
import { report } from './diagnostic.js';
import { expected } from './diagnostics.js';
import { HeaderParser } from './parse-headers.js';
import * as t from './tokens.js';

type Rule<T> = ParserMethod<[], T>;

export abstract class TestParser extends HeaderParser {
  // Tests ------------------------------------------------------------------------------------------------------------

  protected readonly test: Rule<TestDecl> = this.rule('test', () => {
    const start = this.CONSUME(t.Test);
    const title = this.stringOf(this.CONSUME(t.String));
    const steps: TestStepDecl[] = [];
    this.OPTION(() => steps.push(this.SUBRULE(this.under)));
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const step = this.SUBRULE(this.testStep);
      if (step) steps.push(step);
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'Test', title, steps, span: this.from(start) };
  });

  private readonly testStep: Rule<TestStepDecl | undefined> = this.rule(
    'testStep',
    () =>
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
        { ALT: () => this.SUBRULE(this.under) },
      ]),
    this.omission(),
  );

  private readonly under: Rule<TestStepDecl> = this.rule('under', () => {
    const start = this.CONSUME(t.Under);
    return { kind: 'Under', policy: this.SUBRULE(this.path), span: this.from(start) };
  });

  private readonly packet: Rule<TestStepDecl> = this.rule('packet', () => {
    const start = this.CONSUME(t.Packet);
    const packet = this.OR<TestStepDecl>([
      { ALT: () => this.SUBRULE(this.builtPacket) },
      {
        ALT: () => ({ kind: 'RawPacket', bytes: this.SUBRULE(this.joinedBytes), span: this.from(start) }),
        IGNORE_AMBIGUITIES: true,
      },
    ]);
    const count = this.OPTION(() => this.SUBRULE(this.times));
    return { ...packet, ...(count && { count }), span: this.from(start) };
  });

  /** Bytes without the `*` that repeats them: behind a packet it repeats the packet. */
  private readonly joinedBytes: Rule<Expr> = this.leftAssociative('joinedBytes', [t.Plus], () => this.unary);

  private readonly times: Rule<NumberExpr> = this.rule('times', () => {
    this.CONSUME(t.Star);
    return this.numberOf(this.CONSUME(t.Number));
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
    const member = this.OPTION(() => {
      this.CONSUME(t.Dot);
      return this.CONSUME2(t.Word);
    });
    const names = member ? { alias: this.nameOf(word), header: this.nameOf(member) } : { header: this.nameOf(word) };
    const assignments: Assignment[] = [];
    this.OPTION4(() => {
      this.CONSUME(t.LeftBrace);
      this.MANY(() => {
        const name = this.nameOf(this.CONSUME(t.Word));
        this.OPTION2(() =>
          this.OR([
            { ALT: () => this.superfluous(this.CONSUME(t.Equal)) },
            { ALT: () => this.superfluous(this.CONSUME(t.Colon)) },
          ]),
        );
        assignments.push({ name, value: this.SUBRULE(this.value) });
        this.OPTION3(() => this.superfluous(this.CONSUME(t.Comma)));
      });
      this.CONSUME(t.RightBrace);
    });
    return { ...names, assignments, span: this.from(word) };
  });

  /** A habit of other notations: reported and read over. */
  private superfluous(token: IToken): void {
    const p = {
      what: 'a field and its value',
      found: `\`${token.image}\``,
      help: 'nothing stands between them: `dst_port 80  flags SYN`',
    };
    this.note(report(expected, p, { span: this.spanOf(token) }));
  }

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
    const count = this.OPTION(() => this.SUBRULE(this.times));
    return { ...item, ...(count && { count }), span: this.from(start) };
  });
}
