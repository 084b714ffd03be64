/** Literals that look like those of public rulesets: what they are about, and how they are written. */
import { oneOf, type Random } from './random.js';
import { BINARY, COMMANDS, HEADERS, OPERANDS, PARAMETERS, PATHS, SHELL, SQL, SUFFIXES, SYLLABLES } from './words.js';

/** Of a hundred literals, so many are not text. */
const BINARY_PERCENT = 12;
/** Of a hundred literals of text, so many disregard case; with those that are not text, about half of all. */
const NOCASE_PERCENT = 52;

/** One literal of so many bytes. */
export function generatedLiteral(random: Random, length: number): { bytes: Uint8Array; nocase: boolean } {
  const isBinary = random(100) < BINARY_PERCENT;
  for (;;) {
    const bytes = isBinary ? binary(random, length) : text(random, length);
    if (isTelling(bytes)) return { bytes, nocase: !isBinary && random(100) < NOCASE_PERCENT };
  }
}

/** What stands in harmless traffic all the time: names of header lines and the words that addresses are made of. */
const COMMON = [`\r\n${HEADERS.join(': \r\n')}: `, ...PATHS, ...PARAMETERS].join('\0').toLowerCase();

const LEAST_DIFFERENT = 3;

/** Authors do not look for a part of what is common, nor for zeros with a byte or two in between. */
function isTelling(bytes: Uint8Array): boolean {
  const different = new Set(bytes.filter((byte) => byte !== 0)).size;
  return different >= LEAST_DIFFERENT && !COMMON.includes(Buffer.from(bytes).toString('latin1').toLowerCase());
}

/** Bytes of known beginnings with single ones in between; some begin in the middle of theirs. */
function binary(random: Random, length: number): Uint8Array {
  let hex = '';
  while (hex.length < 2 * length + 4)
    hex += oneOf(random, BINARY) + (random(3) === 0 ? random(256).toString(16).padStart(2, '0') : '');
  return Buffer.from(hex, 'hex').subarray(0, length);
}

/** Enough text of one kind, cut to its length; one of four begins in the middle of a word, as parts do that authors choose. */
function text(random: Random, length: number): Uint8Array {
  const kind = oneOf(random, KINDS);
  let whole = kind(random);
  while (whole.length < length) whole += oneOf(random, JOINTS) + kind(random);
  const from = random(4) > 0 ? 0 : random(Math.min(8, whole.length - length + 1));
  return Buffer.from(whole.slice(from, from + length), 'latin1');
}

const JOINTS = ['/', '&', ' ', ';', ',', '\r\n'] as const;

const KINDS: readonly ((random: Random) => string)[] = [
  url, url, url, parameters, parameters, header, header, agent, agent, sql, command, command, protocol, product, domain,
]; // prettier-ignore

function url(random: Random): string {
  const folders = Array.from(
    { length: 1 + random(3) },
    () => `/${random(3) === 0 ? name(random) : oneOf(random, PATHS)}`,
  );
  const file = random(2) === 0 ? name(random) : oneOf(random, PATHS);
  const query = random(2) === 0 ? `?${parameters(random)}` : '';
  return `${folders.join('')}/${file}${random(4) === 0 ? String(random(100)) : ''}${oneOf(random, SUFFIXES)}${query}`;
}

function parameters(random: Random): string {
  return `${oneOf(random, PARAMETERS)}${random(3) === 0 ? `_${oneOf(random, PARAMETERS)}` : ''}=${value(random)}&${oneOf(random, PARAMETERS)}=`;
}

function value(random: Random): string {
  switch (random(5)) {
    case 0:
      return String(random(10_000));
    case 1:
      return oneOf(random, OPERANDS);
    case 2:
      return `%${(16 + random(240)).toString(16)}${oneOf(random, PATHS)}`;
    case 3:
      return '';
    default:
      return name(random);
  }
}

function header(random: Random): string {
  const field = random(4) === 0 ? `X-${capital(name(random))}` : oneOf(random, HEADERS);
  return `${random(2) === 0 ? '\r\n' : ''}${field}: ${random(2) === 0 ? name(random) : value(random)}`;
}

function agent(random: Random): string {
  const version = `${random(10)}.${random(30)}`;
  return random(3) === 0
    ? `Agent: ${capital(name(random))}/${version}`
    : `${capital(name(random))}${oneOf(random, ['/', ' ', '-', '_'])}${version} (${name(random)}; ${name(random)})`;
}

function sql(random: Random): string {
  const open = oneOf(random, ["' ", '" ', '(', '1 ', '/**/', '%20', '+', ') ', '']);
  return `${open}${oneOf(random, SQL)}${oneOf(random, [' ', '(', '+', '/**/', '%20'])}${oneOf(random, SQL)}(${random(1000)}`;
}

function command(random: Random): string {
  const before = oneOf(random, ['', ';', '|', '`', '&&', '$(', '%3b']);
  return `${before}${oneOf(random, SHELL)} ${oneOf(random, OPERANDS)}${name(random)} ${oneOf(random, SHELL)}`;
}

function protocol(random: Random): string {
  return `${oneOf(random, COMMANDS)} ${random(3) === 0 ? oneOf(random, OPERANDS) : name(random)}${random(1000)}\r\n`;
}

function product(random: Random): string {
  return `${capital(name(random))} ${capital(name(random))} v${random(10)}.${random(10)}`;
}

function domain(random: Random): string {
  const label = name(random);
  const top = oneOf(random, ['com', 'net', 'org', 'info', 'ru', 'cn', 'top', 'xyz']);
  // As it stands in a DNS message: each label behind its length.
  return random(2) === 0
    ? `${label}.${top}`
    : `${String.fromCharCode(label.length)}${label}${String.fromCharCode(top.length)}${top}\0`;
}

function name(random: Random): string {
  return Array.from({ length: 2 + random(3) }, () => oneOf(random, SYLLABLES)).join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
