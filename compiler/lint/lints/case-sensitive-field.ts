import { expressionsIn, within } from '../expressions.js';
import type { ContainsExpr } from '../../../grammar/ast.js';
import type { Finding, Lint } from '../lint.js';
import { letters } from '../case.js';

/** `User-Agent:` may be written `user-agent:`: whoever knows the rule does. */
export const caseSensitiveField: Lint = {
  name: 'case-sensitive-field',
  summary: 'a name that its protocol compares without regard to case, and the signature does not',
  level: 'warning',
  class: 'quick',
  find: ({ trees }) =>
    trees
      .flatMap(({ declarations }) => declarations.flatMap(expressionsIn))
      .flatMap((expr) => [...within(expr)].flatMap((one) => (one.kind === 'Contains' ? findingsIn(one) : []))),
};

/** Names of fields of HTTP (RFC 9110 5.1), SIP (RFC 3261 7.3.1) and mail (RFC 5322 1.2.2). With a hyphen in them, they are nothing else; */
const HYPHENATED =
  /(?:^|[\r\n])(accept-\w+|cache-control|call-id|content-(?:disposition|encoding|length|location|range|type)|if-\w+(?:-\w+)?|max-forwards|message-id|mime-version|proxy-\w+|set-cookie|transfer-encoding|user-agent|www-authenticate|x-forwarded-for):/i;
/** single words are names of fields where a line begins: RDP has its own `Cookie:`. */
const WORDS =
  /[\r\n](accept|authorization|connection|cookie|cseq|expect|forwarded|from|host|location|origin|range|referer|server|soapaction|subject|upgrade|via):/i;

function findingsIn({ nocase, literal }: ContainsExpr): readonly Finding[] {
  if (nocase || literal.kind !== 'Bytes') return [];
  const text = letters(literal.bytes);
  const name = (HYPHENATED.exec(text) ?? WORDS.exec(text))?.[1];
  if (name === undefined) return [];
  const { end } = literal.span;
  return [
    {
      message: `\`${name}:\` is compared letter by letter, and the protocol takes it in any case`,
      labels: [{ span: literal.span }],
      help: 'names of fields have no case (RFC 9110 5.1, RFC 5322 1.2.2): add `nocase`',
      fixes: [{ title: 'add `nocase`', edits: [{ span: { ...literal.span, start: end }, text: ' nocase' }] }],
    },
  ];
}
