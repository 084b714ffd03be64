/** Texts for properties: every `.sig` file of the repository, whole, mutated and cut, and soups of tokens and bytes. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../cli/paths.js';

/** The text of every `.sig` file in the library, the rules and the golden files. */
export const corpus: readonly string[] = ['stdlib', 'rules', 'test/golden'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sig'))
    .map((name) => readFileSync(join(packageRoot, folder, name), 'utf8')),
);

const words =
  'import const param space header view predicate signature test module policy and or not in contains nocase at as has any ' +
  'lacks none true false when then until else expect id rev title severity class ref tags meta let count by per repeat role ' +
  'next size extent either peek case stop skip auto last packet pcap after under verdict payload file limit mark delay forward ' +
  'tcp tcp.flags ip.src ipv4 vlan[1] x x.start x.end n payload.length payload.u16 payload.u8(0) payload.dec(0,5) name SYN log drop low inner stream std/scans u8 u16 addr4 link ethertype';
const signs =
  '&& || .. == != <= >= << >> ! < > = { } ( ) [ ] , : . | & ^ ~ + - * / % ; # /* */ @ $ <> === ' +
  '0 1 80 70000 0xff 0b1 5s 100us 1__ 10.0.0.1 10.0.0.0/8 ::1 2001:db8::/32 02:00:00:00:00:01 "a" "\\x00" "open \'q\' hex"90" hex"9" matches /x/ //';

/** Words and signs of the language in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...words.split(' '), ...signs.split(' '), '\n', '\n', ' '), { maxLength: 120 })
  .map((tokens) => tokens.join(' '));

/** A file of the repository after a few edits: parts cut out, doubled, or replaced by others. */
export const mutated: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...corpus),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        remove: fc.nat(40),
        insert: fc.oneof(
          soup.map((s) => s.slice(0, 60)),
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constant(''),
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((all, { at, remove, insert }) => {
      const from = Math.floor(at * all.length);
      return all.slice(0, from) + insert + all.slice(from + remove);
    }, text),
  );

/** A file of the repository that ends early. */
export const truncated: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...corpus), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => text.slice(0, Math.floor(share * text.length)));

/** Bytes as a file of them would be read. */
export const bytes: fc.Arbitrary<string> = fc
  .uint8Array({ maxLength: 300 })
  .map((data) => new TextDecoder().decode(data));

/** Any of these. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: mutated, weight: 4 },
  { arbitrary: soup, weight: 3 },
  { arbitrary: truncated, weight: 2 },
  { arbitrary: bytes, weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 200 }), weight: 1 },
);
