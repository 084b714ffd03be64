/**
 * The TextMate grammar, which colours rules before the server has answered. Every character that is no white space is taken by some
 * rule, in the order of the language's own lexer, so the two always agree on where a word, a string or a comment begins.
 * `syntaxes/sig.tmLanguage.json` is written from it: `SIGWARD_UPDATE=1 npx vitest run test/editor/vscode/textmate.test.ts`.
 */
import { SIGNATURE_WORDS } from '../../../grammar/tokens.js';
import { comments, literals, operators } from './lexical.js';
import {
  block,
  declaration,
  DECLARATION,
  include,
  match,
  NAME,
  type Pattern,
  region,
  whole,
  WORD,
  words,
} from './patterns.js';

/** `when` and `then` are structural; the others are keys where they stand like one. */
const KEYS = SIGNATURE_WORDS.filter((word) => word !== 'when' && word !== 'then');
const TEXT = '(?=\\s*["\'])';
const ACTIONS = ['log', 'drop', 'reject', 'pass', 'limit', 'mark', 'delay', 'forward'];

const ENTRIES = ['protect', 'otherwise', 'disable', 'override'];

const type = {
  patterns: [whole('support.type', '\\b(?:u[0-9]+|addr4|addr6|mac)\\b'), whole('entity.name.type', WORD)],
};
const wordList = (name: string): { readonly patterns: readonly Pattern[] } => ({
  patterns: [whole(name, WORD), whole('punctuation.separator', ',')],
});

const declarations: Readonly<Record<string, Pattern>> = {
  import: region([`\\b(import)${TEXT}`, 'keyword.control.import'], ['(?<=["\'])|$'], include('comment', 'literal')),
  value: match(`\\b(const|param)\\s+${NAME}`, 'storage.type.constant', 'variable.other.constant'),
  space: match(
    `\\b(space)\\s+(${WORD})\\s*(:)(?!:)\\s*${NAME}`,
    'storage.type.space',
    'entity.name.type.space',
    'punctuation.separator.type',
    type,
  ),
  predicate: match(
    `\\b(predicate)\\s+${NAME}(?:\\s*(\\()((?:\\s*${WORD}\\s*(?:,\\s*${WORD}\\s*)*)?)(\\)))?`,
    'storage.type.predicate',
    'entity.name.function.predicate',
    'punctuation.section.parens.begin',
    wordList('variable.parameter'),
    'punctuation.section.parens.end',
  ),
  module: region(
    [`\\b(module)\\s+${NAME}`, 'storage.type.module', 'entity.name.namespace.module'],
    [`(?=\\{)|$|${DECLARATION}`],
    [
      ...include('comment', 'literal', 'member'),
      whole('keyword.other.clause', '\\bon\\b(?=\\s+[0-9A-Za-z_(~-])'),
      ...include('expression'),
    ],
  ),
};

// Layouts ------------------------------------------------------------------------------------------------------------

const OPERAND = '(?=\\s+[0-9A-Za-z_(~])';

const layouts: Readonly<Record<string, Pattern>> = {
  header: declaration('header', 'entity.name.type.header', [
    ...include('comment'),
    match('\\b(repeat)(?=\\s+[0-9])', 'keyword.other.clause'),
    match(`\\b(role)\\s+${NAME}`, 'keyword.other.clause', 'constant.other.role'),
    ...include('header-body', 'expression'),
  ]),
  'header-body': block([
    ...include('comment'),
    match(
      `(?:\\b(peek)\\s+)?\\b(${WORD})\\s*(:)(?!:)\\s*${NAME}`,
      'storage.modifier',
      'variable.other.member',
      'punctuation.separator.type',
      type,
    ),
    match(`\\b(${WORD})\\s+(until)\\b`, 'variable.other.member', 'keyword.control'),
    whole('keyword.control', '\\bcase\\b(?=\\s+[0-9A-Za-z_(~-])'),
    whole('keyword.control', words(['else', 'stop', 'when'])),
    whole('keyword.other.clause', words(['skip', 'size', 'extent'], OPERAND)),
    match(`\\b(as)\\s+${NAME}`, 'keyword.other.clause', 'entity.name.type.entry'),
    match(`\\b(next)\\s+${NAME}(?=\\s*\\()`, 'keyword.other.clause', 'entity.name.type.space'),
    ...include('either'),
    match('(?<![=!<>])(=)(?!=)\\s*(auto)\\b', 'keyword.operator.assignment', 'constant.language'),
    match(`\\b(${WORD})\\s+(?=[0-9][0-9A-Za-z_]*(?:\\s|\\}|$))`, 'variable.other.enummember'),
    ...include('header-body', 'expression'),
  ]),
  either: match(
    `\\b(either)\\s+(${WORD})\\s*(=)(?!=)`,
    'keyword.other.clause',
    'variable.other.member',
    'keyword.operator.assignment',
  ),
  view: declaration('view', 'entity.name.type.view', [...include('comment', 'view-body', 'expression')]),
  'view-body': block([
    ...include('comment', 'either'),
    match(`\\b(${WORD})\\s*(=)(?!=)`, 'variable.other.member', 'keyword.operator.assignment'),
    match('\\b(last)(?=\\s*\\()', 'support.function'),
    ...include('expression'),
  ]),
};

// Signatures ---------------------------------------------------------------------------------------------------------

const clause = whole('keyword.other.clause', words(['by', 'per'], '(?=\\s+[0-9A-Za-z_])'));

const signatures: Readonly<Record<string, Pattern>> = {
  signature: declaration('signature', 'entity.name.function.signature', [
    ...include('comment'),
    block(include('comment', 'entry', 'then', 'expression')),
    ...include('expression'),
  ]),
  entry: {
    patterns: [
      whole('keyword.other.key', '\\b(?:id|rev)\\b(?=\\s+[0-9])'),
      whole('keyword.other.key', words(['title', 'severity', 'class', 'ref', 'tags'], TEXT)),
      match(
        `\\b(severity|class)\\s+(?!(?:when|then|let|and|or|in|not)\\b)${NAME}(?!\\s*[.(\\[])`,
        'keyword.other.key',
        'constant.other.word',
      ),
      match(`\\b(ref)\\s+(${WORD})(?=\\s+["'])`, 'keyword.other.key', 'constant.other.word'),
      match(
        `\\b(tags)\\s+(${WORD}(?:\\s*,\\s*${WORD})*)(?!["0-9A-Za-z_:.])`,
        'keyword.other.key',
        wordList('constant.other.word'),
      ),
      block(
        [...include('comment', 'literal'), whole('entity.other.attribute-name', WORD), ...include('expression')],
        ['\\b(meta)\\s*', 'keyword.other.key'],
      ),
      match(`\\b(let)\\s+${NAME}(?=\\s*=)`, 'keyword.other.key', 'variable.other.constant'),
      whole('keyword.other.key', '\\bcount\\b(?=\\s*(?:by\\b|>))'),
      clause,
      match(`^\\s*(${KEYS.join('|')})\\b(?=\\s*(?:$|//))`, 'keyword.other.key'),
    ],
  },
  then: region(
    ['\\b(then)\\b', 'keyword.control'],
    [
      `(?=\\}|\\b(?:when|then)\\b|\\b(?:${[...KEYS, ...ENTRIES].join('|')})\\b\\s*(?:["'{>0-9A-Za-z_]|$))|${DECLARATION}`,
    ],
    [
      ...include('comment', 'literal', 'member'),
      whole('support.function.action', words(ACTIONS)),
      clause,
      ...include('expression'),
    ],
  ),
};

// Policies -----------------------------------------------------------------------------------------------------------

const policies: Readonly<Record<string, Pattern>> = {
  policy: declaration('policy', 'entity.name.type.policy', [
    ...include('comment'),
    block(include('comment', 'protection', 'then', 'expression')),
    ...include('expression'),
  ]),
  protection: {
    patterns: [
      match(`\\b(otherwise)\\s+${NAME}`, 'keyword.other.key', 'support.function.action'),
      whole('keyword.other.key', words(ENTRIES, '(?=\\s+[0-9A-Za-z_({:])')),
    ],
  },
};

// Tests --------------------------------------------------------------------------------------------------------------

/** A value of a packet ends before the word that names the next field or header: two words never follow one another in a value. */
const VALUE_END = `(?=\\})|(?<=[0-9A-Za-z_")\\]])\\s+(?=[A-Za-z_])|^\\s*(?=[A-Za-z_])|${DECLARATION}`;

const tests: Readonly<Record<string, Pattern>> = {
  test: region(
    [`\\b(test)${TEXT}`, 'storage.type.test'],
    [`(?<=\\})|${DECLARATION}`],
    include('comment', 'steps', 'expression'),
    'meta.test',
  ),
  steps: block([
    ...include('comment', 'literal', 'member'),
    whole('keyword.other.step', words(['packet', 'pcap', 'after', 'under'], '(?=\\s*(?:[{"0-9A-Za-z_(]|$))')),
    whole('keyword.control', '\\bexpect\\b'),
    match(`\\b(verdict)\\s+${NAME}`, 'keyword.other.step', 'support.function.action'),
    ...include('packet', 'expression'),
  ]),
  packet: block([
    ...include('comment', 'literal', 'member'),
    region(['\\b(payload)(?:\\s+|(?=["\']))', 'variable.language'], [VALUE_END], include('expression')),
    ...include('fields'),
    whole('entity.name.type.header', WORD),
    ...include('expression'),
  ]),
  fields: block([
    ...include('comment', 'literal'),
    region([`(${WORD})(?:\\s+|(?=["'(~-]))`, 'variable.other.member'], [VALUE_END], include('expression')),
    ...include('expression'),
  ]),
};

// Conditions and values ----------------------------------------------------------------------------------------------

const expressions: Readonly<Record<string, Pattern>> = {
  expression: {
    patterns: [
      ...include('comment', 'literal', 'range', 'member', 'keyword', 'call', 'set', 'word', 'operator'),
      whole('invalid.illegal.character', '[^\\s\\x{FEFF}]'),
    ],
  },
  range: whole('keyword.operator.range', '\\.\\.'),
  // Any word may stand behind a dot, keywords too.
  member: {
    patterns: [
      match(`(?<!\\.)(\\.)(?!\\.)\\s*${NAME}(?=\\s*\\()`, 'punctuation.accessor', 'support.function'),
      match(`(?<!\\.)(\\.)(?!\\.)\\s*${NAME}`, 'punctuation.accessor', 'variable.other.member'),
    ],
  },
  keyword: {
    patterns: [
      whole(
        'keyword.operator.wordlike',
        words(['and', 'or', 'not', 'in', 'contains', 'nocase', 'at', 'has', 'any', 'lacks']),
      ),
      whole('keyword.operator.wordlike', '\\bmatches\\b'),
      match(`\\b(as)\\s+${NAME}`, 'keyword.operator.wordlike', 'variable.other.constant'),
      whole('keyword.operator.wordlike', '\\bas\\b'),
      whole('constant.language', words(['true', 'false', 'none'])),
      whole('keyword.control', words(['import', 'when', 'then', 'until', 'else', 'expect', 'with'])),
      whole(
        'storage.type',
        words(
          ['const', 'param', 'space', 'header', 'view', 'predicate', 'signature', 'module', 'policy', 'test'],
          '(?!\\s*[,)])',
        ),
      ),
      whole('keyword.other.file', `\\bfile\\b${TEXT}`),
      whole('variable.language', words(['payload', 'packet'])),
    ],
  },
  call: match(`${NAME}(?=\\s*\\()`, 'entity.name.function'),
  set: block(include('expression')),
  word: { patterns: [whole('variable.other.constant', '\\b[A-Z][0-9A-Z_]*\\b'), whole('variable.other', WORD)] },
  operator: { patterns: operators },
};

/** The grammar as its file has it. */
export const textMateGrammar = {
  name: 'Sigward',
  scopeName: 'source.sigward',
  fileTypes: ['sig'],
  patterns: include(
    'comment', ...Object.keys(declarations), 'header', 'view', 'signature', 'policy', 'test', 'expression',
  ), // prettier-ignore
  repository: {
    comment: { patterns: comments },
    literal: { patterns: literals },
    ...declarations,
    ...layouts,
    ...signatures,
    ...policies,
    ...tests,
    ...expressions,
  },
} as const;
