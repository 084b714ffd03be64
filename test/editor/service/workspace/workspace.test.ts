import { describe, expect, test } from 'vitest';
import { saidBy, workspaceOf } from './workspaces.js';

const MANY = Array.from(
  { length: 400 },
  (_, i) => `signature s${i} { id ${i + 1} when tcp.dst_port in home then log }\n`,
).join('');
const TEXT = `const home = { 80, 443 }\n${MANY}`;

describe('a change', () => {
  test('parses what it touches, and nothing else', () => {
    const workspace = workspaceOf({ 'm.sig': TEXT });
    const before = new Set(
      workspace
        .view()
        .file('m.sig')
        ?.parts.map(({ tree }) => tree),
    );
    const at = TEXT.indexOf('tcp', TEXT.indexOf('s200'));
    for (const by of ['x', '{', '"', '\n', '}']) {
      workspace.set('m.sig', TEXT.slice(0, at) + by + TEXT.slice(at));
      const parts = workspace.view().file('m.sig')?.parts ?? [];
      expect(parts.filter(({ tree }) => !before.has(tree)).length).toBeLessThanOrEqual(2);
    }
  });

  test('of a name is followed by all that use it, in slices', () => {
    const workspace = workspaceOf({ 'm.sig': TEXT });
    expect(saidBy(workspace, 'm.sig').diagnostics).toEqual([]);
    workspace.set('m.sig', TEXT.replace('const home', 'const away'));
    let asked = 0;
    expect(workspace.work(() => asked++ >= 10)).toBe(false);
    const { length } = workspace.view().diagnostics('m.sig');
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(10);
    expect(workspace.work(() => false)).toBe(true);
    expect(workspace.view().diagnostics('m.sig')).toHaveLength(400);
    workspace.set('m.sig', TEXT);
    expect(saidBy(workspace, 'm.sig').diagnostics).toEqual([]);
  });
});

describe('files that are not open', () => {
  const others = { 'lib.sig': 'const port = 80\n', 'list.txt': '80\n' };

  test('are read when an import names them, and again when they have changed', () => {
    const files: Record<string, string> = { ...others };
    const workspace = workspaceOf(
      { 'm.sig': 'import "./lib.sig"\nsignature s { id 1 when tcp.dst_port == port then log }\n' },
      files,
    );
    expect(saidBy(workspace, 'm.sig').diagnostics).toEqual([]);
    files['lib.sig'] = 'const harbour = 80\n';
    workspace.forget();
    expect(saidBy(workspace, 'm.sig').diagnostics.map(({ code }) => code)).toEqual(['E0401']);
  });

  test('count less than what is open under their names', () => {
    const workspace = workspaceOf(
      { 'm.sig': 'import "./lib.sig"\nconst a = port\n', 'lib.sig': 'const harbour = 1\n' },
      others,
    );
    expect(saidBy(workspace, 'm.sig').diagnostics.map(({ code }) => code)).toEqual(['E0401']);
    workspace.close('lib.sig');
    expect(saidBy(workspace, 'm.sig').diagnostics).toEqual([]);
  });

  test('are found by whoever asks for the uses of a name', () => {
    const workspace = workspaceOf({ 'm.sig': 'import "./lib.sig"\nconst a = port + port\n' }, others);
    const uses = workspace.view().usesOf({ file: 'lib.sig', start: 6, end: 10 });
    expect(uses.map(({ span }) => `${span.file} ${span.start}`)).toEqual(['lib.sig 6', 'm.sig 29', 'm.sig 36']);
  });
});
