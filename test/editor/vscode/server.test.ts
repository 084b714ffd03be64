import { describe, expect, test } from 'vitest';
import { findServer, invocation, type Surroundings } from '../../../editor/vscode/server.js';

const own = '/work space/node_modules/.bin/sigward';
const machines = '/usr/bin/sigward';

function find(given: Partial<Surroundings>, ...files: string[]): unknown {
  return findServer({
    setting: '',
    folders: ['/work space', '/other'],
    trusted: true,
    path: '/usr/local/bin:/usr/bin',
    windows: false,
    isFile: (path) => files.includes(path),
    ...given,
  });
}

describe('which sigward serves', () => {
  test('the setting comes first, then the workspace’s own, then the machine’s', () => {
    expect(find({ setting: '/opt/sigward' }, '/opt/sigward', own, machines)).toEqual({ command: '/opt/sigward' });
    expect(find({}, own, machines)).toEqual({ command: own });
    expect(find({}, machines)).toEqual({ command: machines });
  });

  test('a further folder of the workspace may have it', () => {
    expect(find({}, '/other/node_modules/.bin/sigward')).toEqual({ command: '/other/node_modules/.bin/sigward' });
  });

  test('a relative path is taken from the workspace', () => {
    expect(find({ setting: 'bin/sigward.js' }, '/work space/bin/sigward.js')).toEqual({
      command: '/work space/bin/sigward.js',
    });
  });

  test('what the user named is not replaced by another', () => {
    expect(find({ setting: '/opt/gone' }, own, machines)).toEqual({
      missing: '`sigward.path` is `/opt/gone`, and there is no such file.',
    });
  });

  test('what lies in a folder that nobody trusts is not run', () => {
    expect(find({ trusted: false }, own, machines)).toEqual({ command: machines });
    expect(find({ trusted: false }, own)).toEqual({
      missing: 'There is no `sigward` on the PATH (this workspace is not trusted).',
    });
  });

  test('nor what lies where the editor happens to stand', () => {
    expect(find({ path: ':.:bin' }, 'sigward', 'bin/sigward', './sigward')).toHaveProperty('missing');
  });

  test('without any it says where it looked', () => {
    expect(find({})).toEqual({ missing: 'There is no `sigward` in node_modules or on the PATH.' });
  });

  test('on Windows npm’s script is started by a shell, with its path in quotes', () => {
    expect(find({ windows: true }, `${own}.cmd`)).toEqual({ command: `${own}.cmd` });
    expect(invocation('C:\\my tools\\sigward.cmd', true)).toEqual({
      command: '"C:\\my tools\\sigward.cmd"',
      args: ['lsp', '--stdio'],
      shell: true,
    });
    expect(invocation(machines, false)).toEqual({ command: machines, args: ['lsp', '--stdio'], shell: false });
  });
});
