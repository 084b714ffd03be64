/** Whatever is edited in whatever order: what the workspace says is what a check of the texts as they are now says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changed, hold, type HeldFile } from '../../../../editor/service/workspace/held-file.js';
import { parse } from '../../../../grammar/parse.js';
import { corpus, soup } from '../../../properties/texts.js';
import { runs } from '../../../support/runs.js';
import { saidBy, saidFromScratch, workspaceOf } from './workspaces.js';

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What makes and unmakes pieces is more likely than chance would have it. */
const inserts = fc.oneof(
  fc.constantFrom(
    '', '\n', ' ', '{', '}', '"', '(', ')', '/*', '*/', '//', '///', '\\', "'", '#', ';', '=', 'x', '0', 'matches', '/x/', '\r\n', '\0',
    '\nconst home = 5\n', '\nconst home = other\n', 'const other = home + 1\n', '\nsignature s { when tcp.seq == home then log }\n',
    '\nmodule m {\n', '\npolicy p {\n', '\nimport "std/scans"\n', '\nimport "./lib.sig" as lib\n', '\nimport "./lib.sig"\n', 'lib.far',
    '\npredicate p(f) = f has SYN and home == 5\n', ' p(tcp.flags) and ', '\ntest "t" {\n packet { tcp {} } expect s }\n', '\nspace home : u8\n',
    '\nheader foo in ip_proto 253 {\n a : u8 }\n', '\nview v = foo | tcp {\n a = a | offset }\n', 'alert tcp any any -> any any (', ' home ',
    '\nparam list = file "list.txt"\n', '\n}\n', '\nmodule web in tcp on tcp.dst_port in { 80 } {\n', '\n  signature t {\n when tcp then forward web\n }\n',
    '\nmodule m { signature u { id 4 when udp then log, drop } }\n', '\npolicy p { protect home with m, web disable s override u then pass }\n',
    '\nmodule web', '\nmodule web in m {}\n', ' under p ', ' in web ',
  ),
  soup.map((text) => text.slice(0, 40)),
); // prettier-ignore

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.oneof(fc.nat(3), fc.nat(400)),
    insert: inserts,
  }),
  { minLength: 1, maxLength: 8 },
);

const starting = fc.oneof(
  fc.constantFrom(...corpus.filter((text) => text.length < 6000)),
  fc.array(inserts, { maxLength: 12 }).map((parts) => parts.join('')),
);

function apply(text: string, { at, remove, insert }: Edit): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + insert + text.slice(from + remove);
}

/** A piece's tree as it would be in the whole file. */
function moved(value: unknown, file: string, start: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((one) => moved(one, file, start));
  // How far a module reaches, a piece does not know that does not hold its end.
  if ('kind' in value && value.kind === 'Module')
    return moved({ ...value, kind: 'module', span: undefined, body: undefined }, file, start);
  if ('start' in value && 'end' in value && 'file' in value)
    return { file, start: Number(value.start) + start, end: Number(value.end) + start };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, moved(one, file, start)]));
}

function whole(held: HeldFile): unknown {
  const each = (of: (piece: HeldFile['pieces'][number]) => readonly unknown[]): unknown[] =>
    held.pieces.flatMap((piece, i) => of(piece).map((one) => moved(one, held.name, held.starts[i] ?? 0)));
  return {
    declarations: each(({ tree }) => tree.declarations),
    comments: each(({ tree }) => tree.comments),
    diagnostics: held.foreign ? [held.foreign] : each(({ diagnostics }) => diagnostics),
  };
}

function fromScratch(name: string, text: string): unknown {
  const { tree, diagnostics } = parse(name, text);
  return { declarations: moved(tree.declarations, name, 0), comments: tree.comments, diagnostics };
}

test('a module begins on a line of its own, whatever word the line before ends with', () => {
  const text = 'tcp === 10.0.0.\nmodule web in m {}\n';
  expect(whole(hold('m.sig', text))).toEqual(fromScratch('m.sig', text));
  expect(whole(changed(hold('m.sig', '{\nmodule web in m {}\n'), text))).toEqual(fromScratch('m.sig', text));
});

describe('after any edits', () => {
  test('the pieces are those of the text as it is, and hold what a parse of the whole gives', () => {
    fc.assert(
      fc.property(starting, edits, (start, all) => {
        let [text, held] = [start, hold('m.sig', start)];
        expect(whole(held)).toEqual(fromScratch('m.sig', text));
        for (const edit of all) {
          text = apply(text, edit);
          const before = new Set(held.pieces);
          held = changed(held, text);
          expect(held.pieces.map(({ tree }) => tree.text).join('')).toBe(text);
          expect(new Set(held.pieces.map(({ id }) => id)).size).toBe(held.pieces.length);
          expect(whole(held)).toEqual(fromScratch('m.sig', text));
          expect(held.pieces.map(({ tree }) => tree.text)).toEqual(
            hold('m.sig', text).pieces.map(({ tree }) => tree.text),
          );
          void before;
        }
      }),
      { numRuns: runs(400) },
    );
  });

  test('findings and symbols are those of a check from scratch', () => {
    const lib =
      '/// far\nconst home = 1\nsignature far { id 7 when tcp.seq == home then log }\npredicate p(f) = f has ACK\n';
    const others = { 'list.txt': '10.0.0.1\n' };
    fc.assert(
      fc.property(starting, edits, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (start, all, inLib) => {
        const open = { 'lib.sig': lib, 'm.sig': start };
        const workspace = workspaceOf(open, others);
        saidBy(workspace, 'm.sig');
        for (const [i, edit] of all.entries()) {
          const name = inLib[i] && i % 2 === 1 ? 'lib.sig' : 'm.sig';
          open[name] = apply(open[name], edit);
          workspace.set(name, open[name]);
          if (inLib[i]) workspace.view().diagnostics('m.sig');
        }
        for (const name of ['m.sig', 'lib.sig'])
          expect(saidBy(workspace, name)).toEqual(saidFromScratch(open, others, name));
      }),
      { numRuns: runs(150) },
    );
  });
});
