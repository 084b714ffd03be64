/** From `.sig` text to a ruleset and to packets, with the standard library from the disk: for tests of everything behind the parser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';
import type { Evaluator } from '../../compiler/backend/evaluator.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { check, type Checked, type CheckOptions } from '../../compiler/check/check.js';
import { gatherFiles, type Sources } from '../../compiler/check/sources.js';
import { isClean } from '../../grammar/diagnostic.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import type { Packet } from '../../runtime/packet.js';

/** What the text of `compileSig` is called in spans. */
export const MAIN = 'main.sig';

const STDLIB = join(packageRoot, 'stdlib');
const library = new Map<string, ParseResult>();

/** Parsing is pure, so the library's trees are made once a test file. */
function libraryFile(path: string): ParseResult {
  const parsed = library.get(path) ?? parse(path, readFileSync(join(STDLIB, `${path.slice(4)}.sig`), 'utf8'));
  library.set(path, parsed);
  return parsed;
}

/**
 * Checks a text as the file `main.sig`. `files` are those that it may import, by path (`./x.sig` is `x.sig`); what is neither there
 * nor in the standard library is unreadable, as it would be on the disk.
 */
export function compileSig(text: string, options: CompileOptions = {}): Checked {
  return compileSources(text, options).checked;
}

interface CompileOptions extends CheckOptions {
  readonly files?: Readonly<Record<string, string>>;
}

/** The same, with what the checker was given. */
export function compileSources(
  text: string,
  { files = {}, ...options }: CompileOptions,
): { readonly sources: Sources; readonly checked: Checked } {
  const { files: reached } = gatherFiles([MAIN], (path) => read(path, { [MAIN]: text, ...files }));
  const sources = { roots: [MAIN], files: reached };
  return { sources, checked: check(sources, options) };
}

function read(path: string, files: Readonly<Record<string, string>>): ParseResult | { why: string; near: string[] } {
  const text = files[path];
  if (text !== undefined) return parse(path, text);
  try {
    if (path.startsWith('std/')) return libraryFile(path);
  } catch {
    // As for a file of the user's that is not there.
  }
  return { why: 'there is no such file', near: Object.keys(files) };
}

/** The same, where the text must be right: throws with what is said of it. */
export function compiled(text: string, options?: { files?: Readonly<Record<string, string>> }): Checked['ruleset'] {
  const { ruleset, diagnostics } = compileSig(text, options);
  if (isClean(diagnostics)) return ruleset;
  throw new Error(
    diagnostics.map((d) => `${d.code} ${d.message}${d.help === undefined ? '' : ` (${d.help})`}`).join('\n'),
  );
}

/** The ruleset of nothing but the core stack, for decoding. */
export const core: Checked['ruleset'] = compiled('');

/** An interpreter of nothing but the core stack. */
export const coreInterpreter: Evaluator = interpreter(core);

/**
 * A packet as a `test` would build it: `packetFrom('ipv4 { src 10.0.0.9 } tcp { dst_port 22 } payload "x"')`. `wireLength` is its length
 * unless given. Many at once cost one compilation: `packetsFrom`.
 */
export function packetFrom(text: string, changes: Partial<Packet> = {}): Packet {
  const [packet] = packetsFrom([text]);
  if (!packet) throw new Error(`no packet: ${text}`);
  return { ...packet, wireLength: packet.bytes.length, ...changes };
}

/** Several packets, in order. */
export function packetsFrom(texts: readonly string[]): Packet[] {
  const steps = texts.map((text) => `packet { ${text} }\n`).join('');
  const { tests } = compiled(`test "packets" {\n${steps} expect none }`);
  return (tests[0]?.steps ?? []).flatMap((step) =>
    step.kind === 'packet' ? [{ link: step.link, bytes: step.bytes, wireLength: step.bytes.length, time: 0n }] : [],
  );
}

/** One signature for each condition; gives, for a packet, which of the conditions hold. */
export function conditions(texts: readonly string[]): (packet: Omit<Packet, 'time'>) => boolean[] {
  const signatures = texts.map(
    (text, i) => `signature s${i} { id ${i + 1} title "s${i}" severity low when ${text} then log }`,
  );
  const { decode, matching } = interpreter(compiled(signatures.join('\n')));
  return (packet) => {
    const matches = matching(decode(packet));
    return texts.map((_, i) => matches.includes(i));
  };
}

/** A packet from hexadecimal; white space is left out. */
export function hexPacket(hex: string, link = 101, changes: Partial<Packet> = {}): Packet {
  const bytes = new Uint8Array(Buffer.from(hex.replace(/\s+/g, ''), 'hex'));
  return { link, bytes, wireLength: bytes.length, time: 0n, ...changes };
}
