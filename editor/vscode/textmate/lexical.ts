/** Comments, literals and signs: held to `grammar/tokens.ts`, whose patterns they take where they can. */
import * as t from '../../../grammar/tokens.js';
import { type Beginning, match, type Pattern, region, source, whole } from './patterns.js';

const HEX = '[0-9A-Fa-f]';
const WORD_END = '(?![0-9A-Za-z_])';

export const comments: readonly Pattern[] = [
  whole('comment.line.documentation.file', '//!.*$'),
  whole('comment.line.documentation', '///(?!/).*$'),
  whole('comment.line.double-slash', '//.*$'),
  region(['/\\*'], ['\\*/'], [], 'invalid.illegal.comment'),
  whole('invalid.illegal.comment', source(t.HashComment)),
  whole('invalid.illegal.terminator', ';'),
];

const QUOTE = 'punctuation.definition.string.begin';

const strings: readonly Pattern[] = [
  string(['(hex)(")', 'storage.type.string', QUOTE], 'string.quoted.double.hex', [
    whole('constant.numeric.hex', `${HEX}\\s*${HEX}`),
    whole('invalid.illegal.digit', '[^"\\s]'),
  ]),
  string(['(")', QUOTE], 'string.quoted.double', [
    whole('constant.character.escape', `\\\\(?:x${HEX}{2}|[rnt0"\\\\])`),
    whole('invalid.illegal.escape', '\\\\.'),
  ]),
  whole('invalid.illegal.quote', source(t.SingleQuoted)),
];

/** A string ends with its line. */
function string(begin: Beginning, name: string, patterns: readonly Pattern[]): Pattern {
  return region(begin, ['(")|$', 'punctuation.definition.string.end'], patterns, name);
}

const numbers: readonly Pattern[] = [
  whole('constant.numeric.address.mac', source(t.MacAddress)),
  whole('constant.numeric.address.ipv6', source(t.Ipv6Address)),
  whole('constant.numeric.address.ipv4', source(t.Ipv4Address)),
  whole('constant.numeric.duration', source(t.Duration).replace('(?:', '('), 'keyword.other.unit'),
  whole('constant.numeric.hex', `0x${HEX}(?:_?${HEX})*${WORD_END}`),
  whole('constant.numeric.binary', `0b[01](?:_?[01])*${WORD_END}`),
  whole('constant.numeric.decimal', `[0-9](?:_?[0-9])*${WORD_END}`),
  whole('invalid.illegal.number', source(t.Number)),
];

export const literals: readonly Pattern[] = [
  ...strings,
  ...numbers,
  match(
    source(t.Regex).replace(/^matches(.*?)(\\\/.*)$/, '(matches)$1($2)'),
    'keyword.operator.wordlike',
    'string.regexp',
  ),
];

export const operators: readonly Pattern[] = [
  whole('invalid.illegal.operator', '===|&&|\\|\\||<>|!(?!=)'),
  whole('keyword.operator.comparison', '==|!=|<=|>=|<(?!<)|>(?!>)'),
  whole('keyword.operator.bitwise', '<<|>>|[|&^~]'),
  whole('keyword.operator.assignment', '='),
  whole('keyword.operator.arithmetic', '[-+*/%]'),
  whole('punctuation.section.block.begin', '\\{'),
  whole('punctuation.section.block.end', '\\}'),
  whole('punctuation.section.parens', '[()]'),
  whole('punctuation.section.brackets', '[\\[\\]]'),
  whole('punctuation.separator', '[,:]'),
  whole('punctuation.accessor', '\\.'),
];
