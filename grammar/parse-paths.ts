/** The rules for names with dots and indices. */
import type { IToken, ParserMethod } from 'chevrotain';
import type { PathExpr, PathSegment } from './ast.js';
import * as t from './tokens.js';
import { TreeParser } from './tree-parser.js';

export abstract class PathParser extends TreeParser {
  readonly path: ParserMethod<[], PathExpr> = this.rule(
    'path',
    () => {
      const first = this.CONSUME(t.Identifier);
      const segments: PathSegment[] = [this.SUBRULE(this.indexed, { ARGS: [first] })];
      this.MANY(() => {
        this.CONSUME(t.Dot);
        const word = this.CONSUME(t.Word);
        this.collect(segments, this.SUBRULE2(this.indexed, { ARGS: [word] }));
      });
      return { kind: 'Path', segments, span: this.from(first) };
    },
    { recoveryValueFunc: () => ({ kind: 'Path', segments: [], span: this.from(this.LA(1)) }) },
  );

  private readonly indexed: ParserMethod<[IToken?], PathSegment> = this.rule(
    'indexed',
    (word?: IToken) => {
      const name = this.ACTION(() => (word ? this.nameOf(word) : { text: '', span: this.from(this.LA(1)) }));
      let index: bigint | undefined;
      this.OPTION(() => {
        this.CONSUME(t.LeftBracket);
        index = this.numberOf(this.CONSUME(t.Number)).value;
        this.CONSUME(t.RightBracket);
      });
      return index === undefined ? { name } : { name, index };
    },
    { recoveryValueFunc: () => ({ name: { text: '', span: this.from(this.LA(1)) } }) },
  );
}
