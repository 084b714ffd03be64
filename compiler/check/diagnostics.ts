/** What can be wrong with the meaning of a file: E03xx files, E04xx names, E05xx types, E06xx values, E07xx layouts, E08xx signatures and tests. */
import { error, warning } from '../../grammar/diagnostic.js';

// Files --------------------------------------------------------------------------------------------------------------

export const importNotFound = error<{ path: string; why: string; near?: string | undefined }>(
  'E0301',
  'import not found',
  ({ path, why }) => `cannot import \`${path}\`: ${why}`,
  ({ near }) => near,
);
export const importForm = error<{ path: string }>(
  'E0302',
  'import path',
  ({ path }) => `\`${path}\` is not a path that can be imported`,
  () => 'write `"std/scans"` for the standard library, or `"./file.sig"` for a file beside this one',
);
export const importCycle = error<{ cycle: readonly string[] }>(
  'E0303',
  'import cycle',
  ({ cycle }) => `files import each other in a circle: ${cycle.map((file) => `\`${file}\``).join(' → ')}`,
  () => 'move what both need into a third file',
);

export const listNotFound = error<{ path: string; why: string; near?: string | undefined }>(
  'E0304',
  'list not found',
  ({ path, why }) => `cannot read the list \`${path}\`: ${why}`,
  ({ near, why }) =>
    near ?? (why.includes('no such') ? 'the path is taken from beside the file that names it' : undefined),
);
export const badEntry = error<{ text: string }>(
  'E0305',
  'not an entry of a list',
  ({ text }) => `\`${text}\` is not an entry of a list`,
  () => 'a line holds an address, a network, a number or a range (`A..B`, `A-B`); comments begin with `#`, `//` or `;`',
);
export const furtherBadEntries = error<{ count: number }>(
  'E0306',
  'further lines of a list',
  ({ count }) =>
    `${count} further ${count === 1 ? 'line' : 'lines'} of this list are no entries, or contradict the others`,
);
export const listElsewhere = error(
  'E0307',
  'list outside a constant',
  () => '`file` stands in a constant or a parameter only',
  () => 'give the list a name: `const bad = file "list.txt"`, then `ip.src in bad`',
);
export const emptyList = warning<{ path: string }>(
  'W0301',
  'list without an entry',
  ({ path }) => `the list \`${path}\` holds no entry, so nothing is in the set`,
);

// Names --------------------------------------------------------------------------------------------------------------

export const unknownName = error<{ name: string; near?: string | undefined }>(
  'E0401',
  'unknown name',
  ({ name }) => `nothing is called \`${name}\` here`,
  ({ near }) => near,
);
export const unknownField = error<{ header: string; field: string; near?: string | undefined; known?: string }>(
  'E0402',
  'unknown field',
  ({ header, field }) => `\`${header}\` has no field \`${field}\``,
  ({ near, known }) => near ?? (known ? `it has ${known}` : undefined),
);
export const declaredTwice = error<{ name: string }>(
  'E0403',
  'declared twice',
  ({ name }) => `\`${name}\` is declared twice`,
);
export const ambiguousName = error<{ name: string; files: readonly string[] }>(
  'E0404',
  'name from two files',
  ({ name, files }) => `\`${name}\` comes from ${files.map((f) => `\`${f}\``).join(' and from ')}`,
  ({ files }) =>
    files.some((file) => file.startsWith('std/'))
      ? 'choose another name: those of the core stack are in scope everywhere'
      : 'give one import a name of its own: `import "…" as other`, then `other.name`',
);
export const definedByItself = error<{ name: string }>(
  'E0405',
  'defined by itself',
  ({ name }) => `\`${name}\` is defined by itself`,
);
export const wrongKind = error<{ name: string; is: string; expected: string; help?: string | undefined }>(
  'E0406',
  'name of another kind',
  ({ name, is, expected }) => `\`${name}\` is ${is}, not ${expected}`,
  ({ help }) => help,
);
export const unknownWord = error<{ what: string; word: string; near?: string | undefined; known: string }>(
  'E0407',
  'unknown word',
  ({ what, word }) => `\`${word}\` is not ${what}`,
  ({ near, known }) => near ?? `it is one of ${known}`,
);
export const noIndex = error<{ name: string; help: string }>(
  'E0410',
  'index where there is none',
  ({ name }) => `\`${name}\` takes no index`,
  ({ help }) => help,
);
export const slotRange = error<{ header: string; slots: number }>('E0408', 'no such occurrence', ({ header, slots }) =>
  slots === 1
    ? `only one \`${header}\` of a packet is kept, so it takes no index`
    : `\`${header}\` is kept ${slots} times: 0 to ${slots - 1}`,
);

export const reservedName = error<{ name: string; isBuiltIn: boolean }>(
  'E0409',
  'name of the language',
  ({ name, isBuiltIn }) => `\`${name}\` is ${isBuiltIn ? 'a name of the language' : 'reserved'}`,
  ({ isBuiltIn }) =>
    `choose another name: ${isBuiltIn ? 'rules would no longer mean the packet’s by it' : 'it will be a name of the language one day'}`,
);

interface NoParameter {
  readonly name: string;
  readonly help: string;
}

export const unknownParameter = error<NoParameter>(
  'E0411',
  'unknown parameter',
  ({ name }) => `these files have no parameter \`${name}\``,
  ({ help }) => help,
);

export const nestedTooDeep = error<{ name: string; most: number }>(
  'E0412',
  'predicates nested too deep',
  ({ name, most }) => `\`${name}\` is the ${most + 1}st of a chain of predicates, each of which uses the next`,
  ({ most }) => `${most} are enough for people, too: write out some of those in between`,
);
export const unusedSetting = warning<NoParameter>(
  'W0401',
  'setting without a parameter',
  ({ name }) => `these files have no parameter \`${name}\`, so this sets nothing`,
  ({ help }) => help,
);

// Types --------------------------------------------------------------------------------------------------------------

export const typeMismatch = error<{ expected: string; found: string; help?: string | undefined }>(
  'E0501',
  'type mismatch',
  ({ expected, found }) => `expected ${expected}, found ${found}`,
  ({ help }) => help,
);
export const cannotCompare = error<{ left: string; right: string; help?: string | undefined }>(
  'E0502',
  'cannot be compared',
  ({ left, right }) => `${left} cannot be compared with ${right}`,
  ({ help }) => help,
);
export const notCondition = error<{ text: string; is: string; help: string }>(
  'E0503',
  'not a condition',
  ({ text, is }) => `\`${text}\` is ${is}, not a condition`,
  ({ help }) => help,
);
export const eitherAlone = error<{ name: string }>(
  'E0504',
  'either direction outside a comparison',
  ({ name }) => `\`${name}\` stands for two fields, so it can only be compared with one value or set`,
);
export const argumentCount = error<{ name: string; expected: number; found: number; help?: string }>(
  'E0505',
  'wrong number of arguments',
  ({ name, expected, found }) => `\`${name}\` takes ${expected} argument${expected === 1 ? '' : 's'}, found ${found}`,
  ({ help }) => help,
);
export const notConstant = error<{ text: string; help?: string | undefined }>(
  'E0506',
  'not a constant',
  ({ text }) => `\`${text}\` depends on the packet; a constant is needed here`,
  ({ help }) => help,
);

export const twoOccurrences = error<{ first: string; second: string }>(
  'E0507',
  'two occurrences in one part',
  ({ first, second }) =>
    `this refers to \`${first}\` and to \`${second}\`; each part of a condition refers to one name at most`,
  ({ first, second }) =>
    `say how they lie to each other where \`${second}\` is named: \`contains "…" in ${first}.end .. ${first}.end+20 as ${second}\``,
);
export const otherBytes = error<{ name: string; found: string; searched: string }>(
  'E0508',
  'position in other bytes',
  ({ name, found, searched }) => `\`${name}\` is a place in \`${found}\`, and says nothing of \`${searched}\``,
  ({ found }) => `search in \`${found}\` both times`,
);
export const namedAbsence = error<{ name: string }>(
  'E0509',
  'name for what is not there',
  ({ name }) => `\`${name}\` would name something that does not stand there`,
  () => 'name what is found with `contains "…" as x`, and write `not` in front of what must not follow it',
);

// Values -------------------------------------------------------------------------------------------------------------

export const outOfRange = error<{ value: string; what: string; low: string; high: string; help?: string | undefined }>(
  'E0601',
  'number out of range',
  ({ value, what, low, high }) => `\`${value}\` is out of the range of \`${what}\`: ${low} to ${high}`,
  ({ help }) => help,
);
export const tooWide = error(
  'E0602',
  'value too large',
  () => 'this value cannot be proved to fit into 63 bits',
  () => 'values are exact and never wrap; mask or compare the parts instead',
);
export const reversedRange = error<{ low: string; high: string }>(
  'E0603',
  'reversed range',
  ({ low, high }) => `the range from \`${low}\` to \`${high}\` is empty`,
  () => 'a range names its lower end first; both ends belong to it',
);
export const emptyLiteral = error('E0604', 'empty literal', () => 'an empty byte string stands everywhere');
export const literalTooLong = error<{ length: number; limit: number }>(
  'E0605',
  'literal longer than a packet',
  ({ length, limit }) => `this byte string has ${length} bytes, a packet carries ${limit} at most`,
);
export const windowTooSmall = error<{ length: number; room: number }>(
  'E0606',
  'literal longer than its window',
  ({ length, room }) => `${length} bytes cannot stand in a window of ${room}`,
);
export const windowBeyond = error<{ value: string; limit: number }>(
  'E0607',
  'window beyond a packet',
  ({ value, limit }) => `position \`${value}\` lies beyond any packet: positions end at ${limit}`,
);
export const windowBefore = error<{ value: string }>(
  'E0611',
  'window before the first byte',
  ({ value }) => `position \`${value}\` lies before the first byte`,
  () =>
    'only constants count from the end where they are negative; from the end of what a packet holds it is `payload.length - 4`',
);
export const divisionByZero = error('E0608', 'division by zero', () => 'this divides by zero');

export const conditionTooLarge = error<{ most: string }>(
  'E0609',
  'condition too large',
  ({ most }) => `this condition has more than ${most}, those of its predicates included`,
  () =>
    'a long row of values belongs in a set: `in { … }`; predicates that use others several times multiply: split the signature',
);
export const decided = error<{ text: string; outcome: string; why: string; help?: string | undefined }>(
  'E0610',
  'comparison decided beforehand',
  ({ text, outcome, why }) => `\`${text}\` ${outcome}: ${why}`,
  ({ help }) => help,
);
export const readBeyondEnd = error<{ text: string; size: number; left: number; instead: string }>(
  'E0612',
  'number beyond the end',
  ({ text, size, left }) => `\`${text}\` would read ${size} bytes where ${left} ${left === 1 ? 'is' : 'are'} left`,
  ({ size, instead }) => `the last ${size} bytes are read with \`${instead}\``,
);
export const digitsOutOfRange = error<{ text: string; isMore: boolean; limit: number }>(
  'E0613',
  'number of digits out of range',
  ({ text, isMore, limit }) => `\`${text}\` digits are too ${isMore ? 'many' : 'few'}: 1 to ${limit}`,
  ({ limit }) =>
    limit === 18
      ? 'numbers have 63 bits, which hold any of 18 digits'
      : 'numbers have 63 bits, which hold any of 15 hexadecimal digits',
);

// Layouts ------------------------------------------------------------------------------------------------------------

export const layoutProblem = error<{ what: string; help?: string | undefined }>(
  'E0701',
  'impossible layout',
  ({ what }) => what,
  ({ help }) => help,
);
export const keyTaken = error<{ space: string; value: string; header: string }>(
  'E0702',
  'announced twice',
  ({ space, value, header }) => `\`${value}\` in \`${space}\` announces \`${header}\` already`,
);

// Signatures and tests -----------------------------------------------------------------------------------------------

export const missingEntry = error<{ name: string; key: string; help: string }>(
  'E0801',
  'incomplete signature',
  ({ name, key }) => `\`${name}\` has no \`${key}\``,
  ({ help }) => help,
);
export const repeatedEntry = error<{ key: string }>(
  'E0802',
  'key given twice',
  ({ key }) => `\`${key}\` is given twice`,
);
export const idTaken = error<{ id: string; name: string }>(
  'E0803',
  'id taken',
  ({ id, name }) => `id ${id} is \`${name}\`’s already`,
  () => 'an alert names its signature by the id, so each has its own',
);
export const idRange = error<{ key: string; value: string }>(
  'E0804',
  'id or revision out of range',
  ({ key, value }) => `\`${value}\` is no ${key}: it is a number from 1 to 4294967295`,
);
export const emptyTest = error<{ what: string; help: string }>(
  'E0805',
  'test without a check',
  ({ what }) => what,
  ({ help }) => help,
);
export const notInScope = error<{ name: string }>(
  'E0806',
  'signature outside the test’s files',
  ({ name }) => `\`${name}\` is in no file that this one imports`,
);
export const packetProblem = error<{ what: string; help?: string | undefined }>(
  'E0807',
  'packet that cannot be built',
  ({ what }) => what,
  ({ help }) => help,
);

export const contradiction = error<{ what: string; help: string }>(
  'E0808',
  'expectation that contradicts itself',
  ({ what }) => what,
  ({ help }) => help,
);

export const opposedActions = error<{ one: string; other: string }>(
  'E0809',
  'actions that contradict each other',
  ({ one, other }) => `\`${one}\` and \`${other}\` contradict each other`,
  ({ one, other }) =>
    [one, other].includes('pass')
      ? 'leave out one of them; of several signatures that match, the strongest decides'
      : 'leave out one of them: `drop` is silent, `reject` drops the packet and tells its sender',
);

export const idleLimit = error(
  'E0810',
  'limit without a log',
  () => '`limit` is about alerts, and this signature gives none',
  () => 'add `log`; verdicts are not limited, but a `count` decides from which packet on a signature matches',
);

export const incompleteAction = error<{ action: string; form: string }>(
  'E0811',
  'incomplete action',
  ({ action }) => `\`${action}\` does not stand alone`,
  ({ form }) => `it is written \`${form}\``,
);

export const markOutside = error<{ value: string; mask: string }>(
  'E0812',
  'mark outside its mask',
  ({ value, mask }) => `\`${value}\` has bits that \`${mask}\` leaves alone`,
  () => 'the mask names the bits that are set or cleared; without one they are all 32',
);

export const constantKey = error<{ text: string }>(
  'E0813',
  'key without difference',
  ({ text }) => `\`${text}\` is the same for every packet`,
  () => 'name a field by which to tell them apart, or leave out `by` to count all together',
);

export const tooManyKeys = error<{ limit: number }>(
  'E0814',
  'too many keys',
  ({ limit }) => `packets are told apart by ${limit} values at most`,
);

export const tooManyPackets = error<{ count: string; limit: number }>(
  'E0815',
  'too many packets',
  ({ count, limit }) => `\`* ${count}\` is out of range: a packet comes 1 to ${limit} times`,
);

// Warnings -----------------------------------------------------------------------------------------------------------

export const withoutId = warning<{ name: string }>(
  'W0801',
  'signature without an id',
  ({ name }) => `\`${name}\` has no \`id\`, so its alerts carry 0`,
  () => 'give it a number of your own, from 1000000 on: `id 1000001`',
);
