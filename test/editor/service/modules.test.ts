/** Modules and policies: where they are, what is said of them, and what they are called. */
import { describe, expect, it } from 'vitest';
import { definition } from '../../../editor/service/features/definition.js';
import { documentHighlight } from '../../../editor/service/features/document-highlight.js';
import { documentSymbols, type Outline } from '../../../editor/service/features/document-symbols.js';
import { folding } from '../../../editor/service/features/folding.js';
import { hover } from '../../../editor/service/features/hover.js';
import { references } from '../../../editor/service/features/references.js';
import { selectionRanges } from '../../../editor/service/features/selection.js';
import { semanticTokens } from '../../../editor/service/features/semantic-tokens.js';
import { workspaceSymbols } from '../../../editor/service/features/workspace-symbols.js';
import { at, MAIN, viewing } from './marked.js';

const LIB = `/// Mail of all kinds.
module mail on tcp.dst_port == 25 {
  signature helo { id 20 when payload contains "HELO" then log }
}
module spam in mail {
  signature offer { id 21 when payload contains "offer" then log, forward mail }
}
policy outer { protect 192.0.2.0/24 with mail }
`;

const TEXT = `import "./lib.sig" as lib
const home = { 10.0.0.0/8 }
module net { }
/// What the web is.
module web in net
  on tcp.dst_port in { 80, 443 } {
  signature get {
    id 1
    title "A GET"
    when payload contains "GET"
    then log, forward post, delay 1ms
  }
  test "in it" { under campus packet { ipv4 { dst 10.0.0.1 } tcp { dst_port 80 payload "GET" } } expect get }
}
module post in web { signature put { id 2 when payload contains "PUT" then log }
  signature patch { id 3 when payload contains "PATCH" then log }
}
signature low { id 4 when ip.ttl < 5 then log }
/// For all of us.
policy campus {
  protect home with web, lib.mail
  protect 2001:db8::/32 with net
  disable lib.spam
  override low then log, drop, forward web
  otherwise drop
}
policy second { protect home with post }
test "outside" under second {
  packet { ipv4 tcp }
  expect none
}
`;

/** The text with a mark behind the first letter of the nth place of some words. */
function marked(words: string, nth = 0): string {
  let from = -1;
  for (let i = 0; i <= nth; i++) from = TEXT.indexOf(words, from + 1);
  if (from < 0) throw new Error(`${words} is not there`);
  return `${TEXT.slice(0, from + 1)}<|>${TEXT.slice(from + 1)}`;
}

const FILES = { 'lib.sig': LIB };

function tree(all: readonly Outline[]): unknown {
  return all.map(({ name, kind, children }) =>
    children.length > 0 ? [`${kind} ${name}`, tree(children)] : `${kind} ${name}`,
  );
}

describe('outlines', () => {
  it('have in each module what stands between its braces', () => {
    expect(tree(documentSymbols(viewing(TEXT, FILES), MAIN))).toEqual([
      'Import lib', 'Const home', 'Module net',
      ['Module web', ['Signature get', 'Test in it']],
      ['Module post', ['Signature put', 'Signature patch']],
      'Signature low', 'Policy campus', 'Policy second', 'Test outside',
    ]); // prettier-ignore
  });

  it('say of a module what it is part of and which packets reach it, and reach as far as it does', () => {
    const outline = documentSymbols(viewing(TEXT, FILES), MAIN);
    const details = outline.flatMap(({ kind, detail }) => (kind === 'Module' ? [detail] : []));
    expect(details).toEqual([undefined, 'in net on tcp.dst_port in { 80, 443 }', 'in web']);
    for (const { kind, whole, at: name, children } of outline) {
      expect(whole.start <= name.start && name.end <= whole.end).toBe(true);
      if (kind === 'Module') expect(TEXT.slice(whole.start, whole.end)).toMatch(/^module [^]*\}$/);
      for (const child of children) expect(whole.start < child.whole.start && child.whole.end < whole.end).toBe(true);
    }
  });

  it.each([
    ['a brace that has not come', 'module m {\n  signature a { id 1 when tcp then log }\n', [['Module m', ['Signature a']]]],
    ['something that cannot stand in a module', 'module m {\n  signature a { id 1 when tcp then log }\nconst b = 1\ntest "t" { packet { tcp } expect none }\n}\n', [['Module m', ['Signature a']], 'Const b', 'Test t']],
    ['another module', 'module m {\n  signature a { id 1 when tcp then log }\nmodule n {\n  signature b { id 2 when tcp then log }\n}\n', [['Module m', ['Signature a']], ['Module n', ['Signature b']]]],
    ['a brace on the same line', 'module m { signature a { id 1 when tcp then log } } signature b { id 2 when tcp then log }\n', [['Module m', ['Signature a']], 'Signature b']],
    ['a head without a brace', 'module m in\nsignature a { id 1 when tcp then log }\n', ['Signature a']],
  ])('go on behind %s', (_, text, expected) => {
    expect(tree(documentSymbols(viewing(text), MAIN))).toEqual(expected);
  }); // prettier-ignore

  it('find modules and policies of all files', () => {
    const view = viewing(TEXT, FILES);
    expect(workspaceSymbols(view, 'spam')[0]).toMatchObject({ name: 'spam', kind: 'Module', file: '/w/lib.sig' });
    expect(workspaceSymbols(view, 'camp')[0]).toMatchObject({ name: 'campus', kind: 'Policy', file: MAIN });
  });
});

describe('folding and selection', () => {
  it('fold a module from its brace to the other one, and a policy', () => {
    const folds = folding(viewing(TEXT, FILES), MAIN).map(({ start, end }) => TEXT.slice(start, end + 1));
    const of = (begin: RegExp): (string | undefined)[] => [folds.find((fold) => begin.test(fold))];
    expect(of(/^\{\s*signature get/)[0]).toMatch(/expect get \}\n\}$/);
    expect(of(/^\{ signature put/)[0]).toMatch(/"PATCH" then log \}\n\}$/);
    expect(of(/^\{\s*protect home with web/)[0]).toMatch(/otherwise drop\n\}$/);
    // Nothing twice, and nothing on one line.
    expect(new Set(folds).size).toBe(folds.length);
    expect(folds.every((fold) => fold.includes('\n'))).toBe(true);
    expect(folds).toHaveLength(5);
  });

  it('fold what is there of a module without its brace', () => {
    const text = 'module m {\n  signature a { id 1 when tcp then log }\n  signature b { id 2 when tcp then log }\n';
    const folds = folding(viewing(text), MAIN).map(({ start, end }) => text.slice(start, end));
    expect(folds).toEqual([text.slice(text.indexOf('{'), -1)]);
  });

  it('select a signature, what stands in its module, the module', () => {
    const { view, text, offset } = at(marked('GET"', 1), FILES);
    const ranges = selectionRanges(view, MAIN, offset).map(({ start, end }) => text.slice(start, end));
    expect(ranges.at(-4)).toMatch(/^signature get \{[^]*\}$/);
    expect(ranges.at(-3)).toMatch(/^\s*signature get \{[^]*expect get \}\n$/);
    expect(ranges.at(-2)).toMatch(/^module web in net\n[^]*expect get \}\n\}$/);
    expect(ranges.at(-1)).toBe(TEXT);
  });
});

/** The file and the place that a definition leads to. */
function target(where: string): string | undefined {
  const { view, offset } = at(where, FILES);
  const to = definition(view, MAIN, offset)?.to;
  return to && `${to.file} ${view.file(to.file)?.text.slice(to.start - 7, to.end) ?? ''}`;
}

describe('definition', () => {
  it.each([
    ['a parent', marked('net\n'), `${MAIN} module net`],
    ['a parent that is declared later', marked('web {'), `${MAIN} module web`],
    ['what is handed on to', marked('post, delay'), `${MAIN} module post`],
    ['what protects', marked('web, lib'), `${MAIN} module web`],
    ['what protects, of an import', marked('mail\n'), '/w/lib.sig module mail'],
    ['a module that is disabled', marked('spam\n'), '/w/lib.sig module spam'],
    ['a signature that is overridden', marked('low then'), `${MAIN} nature low`],
    ['where an override hands on to', marked('web\n  otherwise'), `${MAIN} module web`],
    ['a test’s policy', marked('second {', 1), `${MAIN} policy second`],
    ['a policy in a test', marked('campus packet'), `${MAIN} policy campus`],
    ['an import', marked('lib.mail'), `${MAIN} ig" as lib`],
  ])('of %s is its declaration', (_, where, expected) => {
    expect(target(where)).toBe(expected);
  });
});

describe('references', () => {
  it.each([
    ['module web', 'web', ['module web', 'in web', 'with web', 'forward web']],
    ['policy campus', 'campus', ['policy campus', 'under campus']],
    ['policy second', 'second', ['policy second', 'under second']],
  ])('of %s are wherever it is named', (declaration, name, expected) => {
    const offset = TEXT.indexOf(declaration) + declaration.length - name.length;
    const view = viewing(TEXT, FILES);
    const places = (all: readonly { readonly span: { readonly start: number; readonly end: number } }[]): string[] =>
      all.map(({ span }) => /\S+ \S+$/.exec(TEXT.slice(0, span.end))?.[0] ?? '');
    const all = references(view, MAIN, offset, { withDeclaration: true });
    expect(places(all).sort()).toEqual([...expected].sort());
    expect(places(documentHighlight(view, MAIN, offset)).sort()).toEqual([...expected].sort());
    expect(references(view, MAIN, offset, { withDeclaration: false })).toHaveLength(expected.length - 1);
  });

  it('are in all files, from either side', () => {
    const view = viewing(TEXT, FILES);
    const from = (file: string, offset: number): string[] =>
      references(view, file, offset, { withDeclaration: true })
        .map(({ span }) => `${span.file}@${span.start}`)
        .sort();
    const found = from(MAIN, TEXT.indexOf('lib.mail') + 5);
    expect(found).toHaveLength(5);
    expect(found).toEqual(from('/w/lib.sig', LIB.indexOf('mail on')));
  });
});

function said(where: string): string {
  const { view, offset } = at(where, FILES);
  return hover(view, MAIN, offset)?.text ?? '';
}

describe('hover', () => {
  it('says of a module its parent and switch, what stands in it, and who names it', () => {
    const text = said(marked('web in net'));
    expect(text).toContain('module web in net\n  on tcp.dst_port in { 80, 443 }\n');
    expect(text).toContain('What the web is.');
    expect(text).toContain('A packet has to pass the switches above it, too: those of `net`.');
    expect(text).toContain('1 signature; 2 below it, in `post`.');
    expect(text).toContain('Named by `campus`.');
  });

  it('says the same where a module is named', () => {
    for (const where of [marked('web, lib'), marked('web {'), marked('web\n  otherwise')])
      expect(said(where)).toBe(said(marked('web in net')));
    expect(said(marked('post, delay'))).toContain('2 signatures.');
    expect(said(marked('post, delay'))).toContain(
      'Named by `campus` (through `web`), `campus` (through `net`) and `second`.',
    );
  });

  it('knows modules and policies of other files', () => {
    expect(said(marked('mail\n'))).toContain('Mail of all kinds.');
    expect(said(marked('mail\n'))).toContain('1 signature; 1 below it, in `spam`.');
    expect(said(marked('mail\n'))).toContain('Named by `outer` and `campus`.');
    expect(said(marked('spam\n'))).toContain('Disabled by `campus`.');
  });

  it('says of a policy all that it says, and how much that is', () => {
    const text = said(marked('campus packet'));
    expect(text).toContain('protect home with web, lib.mail');
    expect(text).toContain('For all of us.');
    expect(text).toContain('5 signatures in `web`, `mail`, `net`, `post` and `spam`');
    expect(text).toContain('A packet that no network covers gets `drop`.');
    expect(said(marked('second {', 1))).toContain('A packet that no network covers gets `accept`.');
  });

  it.each([
    ['`forward`', 'forward post', 'The packet reaches the module'],
    ['`delay`', 'delay 1ms', 'held back'],
    ['`drop` of an override', 'drop, forward', 'The packet is dropped'],
    ['`drop` for the rest', 'drop\n}', 'The packet is dropped'],
    ['a signature of a module', 'get {', 'Of the module `web`.'],
  ])('says what %s is', (_, words, expected) => {
    expect(said(marked(words))).toContain(expected);
  });

  it('counts a circle of modules once', () => {
    const { view, offset } = at('module <|>a in b {\n  signature s { id 1 when tcp then log }\n}\nmodule b in a { }\n');
    const text = hover(view, MAIN, offset)?.text;
    expect(text).toContain('those of `b`');
    expect(text).toContain('1 signature; 0 below it, in `b`.');
  });
});

describe('semantic tokens', () => {
  it('tell modules and policies from other names', () => {
    const tokens = semanticTokens(viewing(TEXT, FILES), MAIN, { start: 0, end: TEXT.length });
    const kinds = (word: string): (string | undefined)[] => [
      ...new Set(tokens.flatMap(({ start, end, type }) => (TEXT.slice(start, end) === word ? [type] : []))),
    ];
    expect(kinds('web')).toEqual(['namespace']);
    expect(kinds('campus')).toEqual(['class']);
    expect(kinds('low')).toEqual(['event']);
    for (const word of ['module', 'policy', 'protect', 'with', 'disable', 'override', 'otherwise', 'under'])
      expect(kinds(word), word).toEqual(['keyword']);
    expect(kinds('forward')).toEqual(kinds('log'));
  });
});
