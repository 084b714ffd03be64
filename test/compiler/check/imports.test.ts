import { describe, expect, test } from 'vitest';
import { compileSig } from '../../support/compile.js';
import { meaning, said } from './formulas.js';

describe('names of other files', () => {
  const files = {
    'a.sig': 'import "./b.sig"\nconst in_a = 1',
    'b.sig': 'const in_b = 2\nsignature of_b { id 7 when tcp then log }',
  };

  test('an import brings a file’s own names, and not those that it imports', () => {
    expect(meaning('tcp.dst_port == in_a', 'import "./a.sig"', files)).toBe('tcp.dst_port == 1');
    expect(said('tcp.dst_port == in_b', 'import "./a.sig"', files)).toEqual(['E0401 nothing is called `in_b` here']);
  });

  test('with a name of its own, only behind that name', () => {
    expect(meaning('tcp.dst_port == x.in_a', 'import "./a.sig" as x', files)).toBe('tcp.dst_port == 1');
    expect(said('tcp.dst_port == in_a', 'import "./a.sig" as x', files)).toEqual([
      'E0401 nothing is called `in_a` here',
    ]);
  });

  test('every file that is reached joins the ruleset, once', () => {
    const { ruleset } = compileSig('import "./a.sig"\nimport "./b.sig" as b', { files });
    expect(ruleset.signatures.map((s) => s.name)).toEqual(['of_b']);
  });

  test('the same file under two names is no clash', () => {
    expect(
      said('tcp.dst_port == in_b and tcp.src_port == x.in_b', 'import "./b.sig"\nimport "./b.sig" as x', files),
    ).toEqual([]);
  });

  test('a mistake in an imported file is one of its own', () => {
    const { diagnostics } = compileSig('import "./bad.sig"', { files: { 'bad.sig': 'const x = nowhere' } });
    expect(diagnostics.map((d) => [d.code, d.labels[0]?.span.file])).toEqual([['E0401', 'bad.sig']]);
  });

  test('what seems unknown where an import is missing may be declared there, but what is nearly known is not', () => {
    expect(said('frobnicate and tpc', 'import "./gone.sig"').map((line) => line.slice(0, 5))).toEqual([
      'E0301',
      'E0401',
    ]);
  });
});

describe('tests in files', () => {
  test('a test runs against the signatures of its file and of what that reaches', () => {
    const files = { 'a.sig': 'signature first { id 1 when tcp then log }' };
    const text =
      'import "./a.sig"\nsignature second { id 2 when tcp then log }\ntest "t" { packet { ipv4 tcp } expect first, second }';
    const { ruleset, diagnostics } = compileSig(text, { files });
    expect(diagnostics).toEqual([]);
    expect(ruleset.tests.map((t) => t.scope.map((i) => ruleset.signatures[i]?.name))).toEqual([['first', 'second']]);
  });
});

test('nothing that could not be understood passes for right', () => {
  // Every way to name something that is not there must leave an error behind: a signature that never fires is worse than none.
  for (const name of [
    'nowhere',
    'tcp.nowhere',
    'x.y.z',
    'tcp.options.nowhere',
    'nowhere(1)',
    'ip.nowhere',
    'vlan[9]',
    'stream',
  ]) {
    const codes = compileSig(`signature s { id 1 when ${name} then log }`).diagnostics.map((d) => d.code);
    expect(codes, name).toHaveLength(1);
  }
});
