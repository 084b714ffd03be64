/**
 * The outermost form of an artefact. All numbers are unsigned, of 32 bits, least significant byte first.
 *
 *     8 bytes   magic: 89 "SIGC" 0d 0a 1a
 *     number    version of the format
 *     number    bytes of the table that follows
 *               the table, an entry a section: length of the name in one byte, the name in ASCII, where the section begins in the
 *               file, its length, its SHA-256
 *     32 bytes  SHA-256 of all that stands before
 *               the sections, one behind the other, up to the end
 *
 * The magic is like that of PNG: not ASCII, and altered by whatever alters ends of lines. Magic and version stay where they are in
 * every version, so that a newer file is told from a broken one.
 */
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { alteredArtefact, newerArtefact, notArtefact, truncatedArtefact } from './diagnostics.js';

/** The SHA-256 of bytes, as 32 bytes: handed in, as there is none without the system. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A named part of the file. */
export interface Section {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A section that was read. */
export interface FoundSection extends Section {
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** In hexadecimal, as the table says it. */
  readonly sha256: string;
  /** Whether its bytes have that hash. */
  readonly isIntact: boolean;
}

/** The version of the format that is written and read. */
export const FORMAT = 2;

const MAGIC = Uint8Array.of(0x89, 0x53, 0x49, 0x47, 0x43, 0x0d, 0x0a, 0x1a);
const HASH = 32;
/** Magic, version, length of the table. */
const HEAD = MAGIC.length + 8;
/** A table of thousands of modules has less. */
const MOST_TABLE = 1 << 24;

/** The file's bytes. Names of sections have at most 255 characters of ASCII, and each is there once. */
export function packSections(sections: readonly Section[], sha256: Sha256): Uint8Array {
  const head = headOf(sections, sha256);
  const file = new Uint8Array(sections.reduce((sum, { bytes }) => sum + bytes.length, head.length));
  file.set(head);
  let offset = head.length;
  for (const { bytes } of sections) {
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
}

/** What stands before the sections: it says all of them, their order and every byte of them. */
export function headOf(sections: readonly Section[], sha256: Sha256): Uint8Array {
  const tableLength = sections.reduce((sum, { name }) => sum + 1 + name.length + 8 + HASH, 0);
  const head = new Uint8Array(HEAD + tableLength + HASH);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint32(MAGIC.length, FORMAT, true);
  view.setUint32(MAGIC.length + 4, tableLength, true);
  let entry = HEAD;
  let offset = head.length;
  for (const { name, bytes } of sections) {
    const numbers = entry + 1 + name.length;
    head[entry] = name.length;
    for (let i = 0; i < name.length; i++) head[entry + 1 + i] = name.charCodeAt(i);
    view.setUint32(numbers, offset, true);
    view.setUint32(numbers + 4, bytes.length, true);
    head.set(sha256(bytes), numbers + 8);
    entry = numbers + 8 + HASH;
    offset += bytes.length;
  }
  head.set(sha256(head.subarray(0, entry)), entry);
  return head;
}

/**
 * The sections of a file; `path` is what a finding calls it. Where one of them is altered there are sections and a finding; where the
 * table cannot be trusted there are none. They share the file's memory.
 */
export function unpackSections(
  file: Uint8Array,
  path: string,
  sha256: Sha256,
): { readonly value: readonly FoundSection[]; readonly diagnostics: readonly Diagnostic[] } {
  const refused = (diagnostic: Diagnostic): ReturnType<typeof unpackSections> => ({
    value: [],
    diagnostics: [diagnostic],
  });
  const altered = (where: string): Diagnostic => report(alteredArtefact, { path, where });
  const short = (needs: number): Diagnostic => report(truncatedArtefact, { path, has: file.length, needs });
  if (file.length === 0 || !MAGIC.every((byte, i) => i >= file.length || file[i] === byte)) {
    return refused(report(notArtefact, { path }));
  }
  if (file.length < HEAD) return refused(short(HEAD + HASH));
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(MAGIC.length, true);
  if (version !== FORMAT) return refused(report(newerArtefact, { path, version, known: FORMAT }));
  const tableLength = view.getUint32(MAGIC.length + 4, true);
  const begin = HEAD + tableLength + HASH;
  if (tableLength > MOST_TABLE) return refused(altered('its table is larger than any'));
  if (file.length < begin) return refused(short(begin));
  if (!isEqual(sha256(file.subarray(0, begin - HASH)), file.subarray(begin - HASH, begin))) {
    return refused(altered('its table has another SHA-256 than it says'));
  }
  const entries = tableOf(file, begin);
  if (!entries) return refused(altered('its table cannot be read'));
  const end = entries.reduce((sum, { length }) => sum + length, begin);
  if (file.length < end) return refused(short(end));
  if (file.length > end) return refused(altered(`${file.length - end} bytes follow behind its end`));
  const sections = entries.map(({ name, offset, length, hash }) => {
    const bytes = file.subarray(offset, offset + length);
    return { name, offset, bytes, sha256: hexOf(hash), isIntact: isEqual(sha256(bytes), hash) };
  });
  const broken = sections.filter(({ isIntact }) => !isIntact).map(({ name }) => `\`${name}\``);
  if (broken.length === 0) return { value: sections, diagnostics: [] };
  const which = broken.length === 1 ? 'its section' : 'its sections';
  const what =
    broken.length === 1 ? 'has another SHA-256 than its table says' : 'have other SHA-256s than its table says';
  return { value: sections, diagnostics: [altered(`${which} ${broken.join(', ')} ${what}`)] };
}

interface Entry {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly hash: Uint8Array;
}

/** The table's entries, or nothing where they are none, where sections do not follow one another, or where two have one name. */
function tableOf(file: Uint8Array, begin: number): Entry[] | undefined {
  const table = file.subarray(HEAD, begin - HASH);
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let next = begin;
  for (let at = 0; at < table.length;) {
    const numbers = at + 1 + (table[at] ?? 0);
    const end = numbers + 8 + HASH;
    if (end > table.length) return undefined;
    const name = String.fromCharCode(...table.subarray(at + 1, numbers));
    const [offset, length] = [view.getUint32(numbers, true), view.getUint32(numbers + 4, true)];
    if (offset !== next || names.has(name)) return undefined;
    names.add(name);
    entries.push({ name, offset, length, hash: table.subarray(numbers + 8, end) });
    next += length;
    at = end;
  }
  return entries;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Bytes in hexadecimal, without blanks. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
