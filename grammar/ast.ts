/** The syntax tree: declarations and what they consist of. It knows form, not meaning: whether a name exists is the checker's business. */
import type { Name, StringLiteral, NumberExpr, PathExpr, CompareOperator, Expr } from './ast-expressions.js';
import type { Span } from './diagnostic.js';

export type * from './ast-expressions.js';

// Declarations -------------------------------------------------------------------------------------------------------

interface DeclarationBase {
  readonly span: Span;
  /** The `///` lines before it, joined. */
  readonly doc?: string;
}

export interface ImportDecl extends DeclarationBase {
  readonly kind: 'Import';
  readonly path: StringLiteral;
  readonly alias?: Name;
}
export interface ConstDecl extends DeclarationBase {
  readonly kind: 'Const' | 'Param';
  readonly name: Name;
  readonly value: Expr;
}
export interface SpaceDecl extends DeclarationBase {
  readonly kind: 'Space';
  readonly name: Name;
  readonly type: Name;
}
export interface PredicateDecl extends DeclarationBase {
  readonly kind: 'Predicate';
  readonly name: Name;
  readonly params: readonly Name[];
  readonly body: Expr;
}

/** `in ethertype 0x8100, 0x88a8` */
export interface HeaderKey {
  readonly space: Name;
  readonly values: readonly Expr[];
}
export interface FlagDecl {
  readonly name: Name;
  readonly value: NumberExpr;
}
/** What a field holds in a packet that a test builds and where the author does not say it. */
export type FieldDefault =
  | { readonly kind: 'Auto' }
  | { readonly kind: 'Value'; readonly value: Expr }
  | { readonly kind: 'Checksum'; readonly function: Name; readonly over: readonly Name[]; readonly span: Span };
export interface FieldDecl {
  readonly kind: 'Field';
  readonly peek: boolean;
  readonly name: Name;
  readonly type: Name;
  readonly constraint?: { readonly operator: CompareOperator; readonly value: Expr };
  readonly initial?: FieldDefault;
  readonly flags?: readonly FlagDecl[];
  readonly span: Span;
}
/** `case 131 as lsrr { … } size length`, `case 0 stop`, `case 1 skip 1`, `else { … } size length` */
export interface ListCase {
  /** Absent for `else`. */
  readonly value?: Expr;
  readonly name?: Name;
  readonly action: 'stop' | 'skip' | 'entry';
  readonly skip?: Expr;
  readonly fields: readonly FieldDecl[];
  readonly size?: Expr;
  readonly span: Span;
}
export interface ListDecl {
  readonly kind: 'List';
  readonly name: Name;
  readonly until: Expr;
  readonly selector: FieldDecl | undefined;
  readonly cases: readonly ListCase[];
  readonly span: Span;
}
export type HeaderItem =
  | FieldDecl
  | ListDecl
  | { readonly kind: 'Size'; readonly value: Expr; readonly span: Span }
  | { readonly kind: 'Extent'; readonly value: Expr; readonly when?: Expr; readonly span: Span }
  | { readonly kind: 'Next'; readonly space: Name; readonly value: Expr; readonly when?: Expr; readonly span: Span }
  | EitherDecl;
/** `either port = src_port | dst_port` */
export interface EitherDecl {
  readonly kind: 'Either';
  readonly name: Name;
  readonly source: Name;
  readonly destination: Name;
  readonly span: Span;
}
export interface HeaderDecl extends DeclarationBase {
  readonly kind: 'Header';
  readonly name: Name;
  readonly keys: readonly HeaderKey[];
  readonly repeat?: NumberExpr;
  readonly role?: { readonly name: Name; readonly label?: StringLiteral };
  readonly items: readonly HeaderItem[];
}

/** `src = src | src` (a field of each alternative, in order) or `protocol = last(ip_proto)`. */
export interface ViewField {
  readonly kind: 'ViewField';
  readonly name: Name;
  readonly fields: readonly Name[];
  readonly last?: Name;
  readonly span: Span;
}
export interface ViewDecl extends DeclarationBase {
  readonly kind: 'View';
  readonly name: Name;
  readonly headers: readonly Name[];
  readonly items: readonly (ViewField | EitherDecl)[];
}

// Signatures ---------------------------------------------------------------------------------------------------------

/** `name` is the word that it begins with. */
export type Action =
  /** `log`, `drop`; which words there are, the checker knows. */
  | { readonly kind: 'Word'; readonly name: Name; readonly span: Span }
  /** `limit 1 per 10s by ip.src` */
  | {
      readonly kind: 'Limit';
      readonly name: Name;
      readonly number: Expr;
      readonly per: Expr;
      readonly by: readonly Expr[];
      readonly span: Span;
    }
  /** `mark 0x10/0xf0` */
  | { readonly kind: 'Mark'; readonly name: Name; readonly value: Expr; readonly mask?: Expr; readonly span: Span }
  /** `forward http` */
  | { readonly kind: 'Forward'; readonly name: Name; readonly module: PathExpr; readonly span: Span }
  /** `delay 100us` */
  | { readonly kind: 'Delay'; readonly name: Name; readonly duration: Expr; readonly span: Span };
export type SignatureEntry =
  | { readonly kind: 'Id'; readonly value: NumberExpr; readonly span: Span }
  | { readonly kind: 'Rev'; readonly value: NumberExpr; readonly span: Span }
  | { readonly kind: 'Title'; readonly value: StringLiteral; readonly span: Span }
  | { readonly kind: 'Severity'; readonly value: Name; readonly span: Span }
  | { readonly kind: 'Class'; readonly value: Name; readonly span: Span }
  | { readonly kind: 'Ref'; readonly type?: Name; readonly value: StringLiteral; readonly span: Span }
  | { readonly kind: 'Tags'; readonly values: readonly Name[]; readonly span: Span }
  | {
      readonly kind: 'Meta';
      readonly pairs: readonly { readonly key: Name; readonly value: StringLiteral }[];
      readonly span: Span;
    }
  | { readonly kind: 'When'; readonly condition: Expr; readonly span: Span }
  | { readonly kind: 'Then'; readonly actions: readonly Action[]; readonly span: Span }
  /** `let n = payload.u16(0)`: a number with a name, for what follows in this signature. */
  | { readonly kind: 'Let'; readonly name: Name; readonly value: Expr; readonly span: Span }
  /** `count by ip.src, tcp.dst_port > 20 per 10s` */
  | {
      readonly kind: 'Count';
      readonly by: readonly Expr[];
      readonly operator: '>' | '>=';
      readonly number: Expr;
      readonly per: Expr;
      readonly span: Span;
    };
export interface SignatureDecl extends DeclarationBase {
  readonly kind: 'Signature';
  readonly name: Name;
  readonly entries: readonly SignatureEntry[];
  /** What the module is called that it stands in. */
  readonly module?: string;
}

// Modules and policies -----------------------------------------------------------------------------------------------

/** `module http in tcp on tcp.dst_port == 80 { … }`: its signatures are declarations behind it, each with its name. */
export interface ModuleDecl extends DeclarationBase {
  readonly kind: 'Module';
  readonly name: Name;
  readonly parent?: PathExpr;
  readonly on?: Expr;
  /** From its opening brace to behind the closing one; as far as it is known where both are not in one piece. */
  readonly body: Span;
}
export type PolicyEntry =
  /** `protect 10.0.1.0/24, servers with scans, http` */
  | {
      readonly kind: 'Protect';
      readonly networks: readonly Expr[];
      readonly modules: readonly PathExpr[];
      readonly span: Span;
    }
  /** `otherwise accept` */
  | { readonly kind: 'Otherwise'; readonly verdict: Name; readonly span: Span }
  /** `disable NAME`: a signature, or a module with all that is in it. */
  | { readonly kind: 'Disable'; readonly target: PathExpr; readonly span: Span }
  /** `override NAME then log` */
  | {
      readonly kind: 'Override';
      readonly signature: PathExpr;
      readonly actions: readonly Action[];
      readonly span: Span;
    };
export interface PolicyDecl extends DeclarationBase {
  readonly kind: 'Policy';
  readonly name: Name;
  readonly entries: readonly PolicyEntry[];
}

// Tests --------------------------------------------------------------------------------------------------------------

export interface Assignment {
  readonly name: Name;
  readonly value: Expr;
}
export interface PacketHeader {
  /** `lib` in `lib.foo { … }`. */
  readonly alias?: Name;
  readonly header: Name;
  readonly assignments: readonly Assignment[];
  readonly span: Span;
}
export interface ExpectItem {
  /** Absent for `none`. */
  readonly signature?: PathExpr;
  readonly verdict?: Name;
  readonly count?: NumberExpr;
  readonly span: Span;
}
export type TestStepDecl =
  | {
      readonly kind: 'Packet';
      readonly headers: readonly PacketHeader[];
      readonly payload?: Expr;
      /** How often it comes: `packet { … } * 25`. */
      readonly count?: NumberExpr;
      readonly span: Span;
    }
  | { readonly kind: 'RawPacket'; readonly bytes: Expr; readonly count?: NumberExpr; readonly span: Span }
  | { readonly kind: 'Pcap'; readonly path: StringLiteral; readonly span: Span }
  | { readonly kind: 'After'; readonly duration: Expr; readonly span: Span }
  | { readonly kind: 'Expect'; readonly items: readonly ExpectItem[]; readonly span: Span }
  /** `under POLICY` */
  | { readonly kind: 'Under'; readonly policy: PathExpr; readonly span: Span };
export interface TestDecl extends DeclarationBase {
  readonly kind: 'Test';
  readonly title: StringLiteral;
  readonly steps: readonly TestStepDecl[];
}

export type Declaration =
  | ImportDecl
  | ConstDecl
  | SpaceDecl
  | PredicateDecl
  | HeaderDecl
  | ViewDecl
  | SignatureDecl
  | ModuleDecl
  | PolicyDecl
  | TestDecl;

export interface Comment {
  /** As written, with its slashes. */
  readonly text: string;
  readonly span: Span;
}

/** One file's tree. */
export interface SourceTree {
  readonly file: string;
  readonly text: string;
  /** The `//!` lines, joined. */
  readonly doc?: string;
  readonly declarations: readonly Declaration[];
  /** Every comment, in order. */
  readonly comments: readonly Comment[];
}
