/** Trees as short texts, for tests of what binds to what. */
import type { Expr, SignatureDecl, SourceTree } from '../../grammar/ast.js';
import { parse } from '../../grammar/parse.js';

/** An expression with every bracket written out: `(a & b) == c`. */
export function shape(expr: Expr): string {
  switch (expr.kind) {
    case 'Number':
      return String(expr.value);
    case 'Path':
      return expr.segments.map(({ name, index }) => name.text + (index === undefined ? '' : `[${index}]`)).join('.');
    case 'Unary':
      return `(${expr.operator} ${shape(expr.operand)})`;
    case 'Arithmetic':
    case 'Compare':
    case 'Flags':
      return `(${shape(expr.left)} ${expr.operator} ${shape(expr.right)})`;
    case 'In':
      return `(${shape(expr.left)} ${expr.negated ? 'not in' : 'in'} ${shape(expr.right)})`;
    case 'Logic':
      return `(${expr.operands.map(shape).join(` ${expr.operator} `)})`;
    case 'Range':
      return `${shape(expr.low)}..${shape(expr.high)}`;
    case 'Set':
      return `{${expr.elements.map(shape).join(', ')}}`;
    case 'Call':
      return `${shape(expr.callee)}(${expr.args.map(shape).join(', ')})`;
    case 'Contains': {
      const { at, within, as } = expr;
      const window = [at && ` at ${shape(at)}`, within && ` in ${shape(within)}`, as && ` as ${as.text}`];
      const verb = expr.negated ? 'not contains' : 'contains';
      return `(${shape(expr.subject)} ${verb} ${shape(expr.literal)}${expr.nocase ? ' nocase' : ''}${window.join('')})`;
    }
    case 'Bytes':
      return `<${Buffer.from(expr.bytes).toString('hex')}>`;
    case 'Address':
      return `${expr.family}:${expr.bits.toString(16)}${expr.prefix === undefined ? '' : `/${expr.prefix}`}`;
    case 'Duration':
      return `${expr.nanoseconds}ns`;
    default:
      return expr.kind;
  }
}

/** The tree of a text that must be right. */
export function treeOf(text: string): SourceTree {
  const { tree, diagnostics } = parse('f.sig', text);
  if (diagnostics.length > 0) throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join('\n'));
  return tree;
}

/** The condition of a signature, as a shape. */
export function condition(text: string): string {
  const [decl] = treeOf(`signature s { id 1 when ${text} then log }`).declarations;
  const when = (decl as SignatureDecl).entries.find((entry) => entry.kind === 'When');
  return when ? shape(when.condition) : 'none';
}

/** Codes and the author's words at the place of each finding. */
export function found(text: string): string[] {
  return parse('f.sig', text).diagnostics.map(({ code, labels: [place] }) =>
    `${code} ${text.slice(place?.span.start, place?.span.end)}`.trim(),
  );
}
