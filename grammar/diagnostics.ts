/** What can be wrong with the form of a file: E01xx words, E02xx sentences, E09xx what is reserved. */
import { error } from './diagnostic.js';

// Words --------------------------------------------------------------------------------------------------------------

export const unexpectedCharacter = error<{ text: string }>(
  'E0101',
  'unexpected character',
  ({ text }) => `\`${text}\` means nothing here`,
);
export const unterminatedString = error(
  'E0102',
  'unterminated string',
  () => 'this string does not end on its line',
  () => 'close it with `"`; a line break inside is written `\\n`',
);
export const badEscape = error<{ text: string }>(
  'E0103',
  'unknown escape',
  ({ text }) => `\`${text}\` is not an escape`,
  () => 'escapes are `\\x00` to `\\xff`, `\\r`, `\\n`, `\\t`, `\\0`, `\\"` and `\\\\`',
);
export const notAscii = error<{ text: string; hex: string }>(
  'E0104',
  'not ASCII in a byte string',
  ({ text }) => `\`${text}\` is not ASCII, so its bytes depend on an encoding`,
  ({ hex }) => `in UTF-8 the bytes are ${hex}`,
);
export const badHex = error<{ text: string }>(
  'E0105',
  'not hexadecimal',
  ({ text }) => `\`${text}\` is not a row of hexadecimal bytes`,
  () => 'two digits a byte, spaces where you like: `hex"90 90 cc"`',
);
export const badNumber = error<{ text: string }>(
  'E0106',
  'not a number',
  ({ text }) => `\`${text}\` is not a number`,
  () =>
    'numbers are decimal (`80`), hexadecimal (`0x50`) or binary (`0b101`), with `_` between digits; durations end in `ns us ms s m h d`',
);
export const badAddress = error<{ text: string; why: string }>(
  'E0107',
  'not an address',
  ({ text, why }) => `\`${text}\` is not an address: ${why}`,
);
export const hostBits = error<{ text: string; network: string }>(
  'E0108',
  'network with host bits',
  ({ text }) => `\`${text}\` has bits set behind its prefix`,
  ({ network }) => `the network is \`${network}\`; a single address is written without a prefix`,
);
export const foreignWord = error<{ text: string; help: string }>(
  'E0109',
  'another language’s word',
  ({ text }) => `\`${text}\` is not part of this language`,
  ({ help }) => help,
);

// Sentences ----------------------------------------------------------------------------------------------------------

export const expected = error<{ what: string; found: string; help?: string | undefined }>(
  'E0201',
  'something else was expected',
  ({ what, found }) => `expected ${what}, found ${found}`,
  ({ help }) => help,
);
export const foreignRules = error<{ what: string; areRules: boolean }>(
  'E0202',
  'another language’s file',
  ({ what }) => `this is ${what}, not a Sigward rule`,
  ({ areRules }) =>
    areRules
      ? 'importing other languages’ rules is not available yet; write it as `signature name { … }`, see spec.md'
      : 'other things end in `.sig`, too: name the files or folders that hold rules',
);
export const chainedComparison = error(
  'E0203',
  'chained comparison',
  () => 'a comparison cannot be compared again',
  () => 'join two comparisons with `and`, or write a range: `x in 1..9`',
);
export const tooDeep = error<{ limit: number }>(
  'E0204',
  'nested too deeply',
  ({ limit }) => `this is nested more than ${limit} levels deep`,
  () => 'name parts of it with `const` or `predicate`',
);
export const binaryFile = error(
  'E0205',
  'not a text file',
  () => 'this file holds bytes that are not text',
  () =>
    'rules are UTF-8 text; captures are given with `--pcap`; detached signatures end in `.sig`, too, and are no rules',
);

// Reserved -----------------------------------------------------------------------------------------------------------

export const notAvailable = error<{ what: string; help?: string | undefined }>(
  'E0901',
  'not available yet',
  ({ what }) => `${what} is not available yet`,
  ({ help }) => help ?? 'the word is reserved: a rule that needs it would silently protect nothing',
);
