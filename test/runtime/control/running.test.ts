import { expect, test } from 'vitest';
import type { Order } from '../../../runtime/control/protocol.js';
import { changed, type Places, type Running, type Wanted } from '../../../runtime/control/running.js';

const unit = (path: string, ...modules: readonly string[]) => ({ path, modules, isImported: false });
const module = (name: string, path: string, parent?: string) => ({
  ...{ name, path, signatures: 1, isChained: true },
  ...(parent !== undefined && { parent }),
});

/** A folder of two files, one of which imports a third one; and a file that was named beside it. */
const RUNNING: Running = {
  ...{ paths: ['rules', 'own.sig'], without: [], removed: ['mail'], policy: 'campus' },
  units: [
    unit('rules/web.sig', 'web', 'sql'),
    unit('rules/mail.sig', 'mail', 'imap'),
    unit('own.sig', 'twice'),
    { ...unit('lib.sig', 'twice'), isImported: true },
  ],
  declared: [
    { name: 'web' },
    { name: 'sql', parent: 'web' },
    { name: 'mail' },
    { name: 'imap', parent: 'mail' },
    { name: 'twice' },
  ],
  modules: [module('web', 'rules/web.sig'), module('sql', 'rules/web.sig', 'web'), module('twice', 'own.sig')],
};
const FILES = ['rules/web.sig', 'rules/mail.sig', 'own.sig', 'lib.sig'];
const OWN = FILES.slice(0, 3);

const places = (...files: readonly string[]): Places => ({
  isFile: (path) => files.includes(path),
  directory: 'modules',
});

function change(order: Order, at: Places = places()): Wanted | string {
  const result = changed(RUNNING, order, at);
  return result.ok ? result.wanted : result.diagnostic.message;
}

const SAME = { paths: RUNNING.paths, without: [], removed: ['mail'], policy: 'campus', files: OWN, fresh: [] };

test('load takes a file in, or the file of a module in the module directory', () => {
  const more = (path: string) => ({
    ...SAME,
    paths: [...SAME.paths, path],
    files: [...OWN, path],
    fresh: [path],
  });
  expect(change({ do: 'load', what: 'new.sig' })).toEqual(more('new.sig'));
  expect(change({ do: 'load', what: 'dns' }, places('modules/dns.sig'))).toEqual(more('modules/dns.sig'));
  expect(change({ do: 'load', what: 'dns' }, places('modules/dns.sigc'))).toEqual(more('modules/dns.sigc'));
  expect(change({ do: 'load', what: 'lib.sig' })).toEqual(more('lib.sig'));
});

test('load brings back what was removed', () => {
  expect(change({ do: 'load', what: 'mail' })).toEqual({ ...SAME, removed: [] });
});

test.each([
  ['web', '`web` is loaded already, from `rules/web.sig`'],
  ['./rules/web.sig', '`./rules/web.sig` is loaded already, from `rules/web.sig`'],
  ['imap', '`imap` went with `mail`, which was removed'],
  ['dns', 'there is neither `dns.sig` nor `dns.sigc` in the module directory `modules`'],
])('load %s is refused', (what, message) => {
  expect(change({ do: 'load', what })).toBe(message);
});

test('exchange reads the file of a module anew, and nothing else', () => {
  expect(change({ do: 'exchange', what: 'sql' })).toEqual({ ...SAME, fresh: ['rules/web.sig'] });
  expect(change({ do: 'exchange', what: './rules/web.sig' })).toEqual({ ...SAME, fresh: ['rules/web.sig'] });
  expect(change({ do: 'exchange', what: 'lib.sig' })).toEqual({ ...SAME, fresh: ['lib.sig'] });
});

test('exchange puts another file in its place, and reload will not bring the old one back', () => {
  const files = ['new/web.sig', 'rules/mail.sig', 'own.sig'];
  expect(change({ do: 'exchange', what: 'web', with: 'new/web.sig' })).toEqual({
    ...SAME,
    paths: ['rules', 'own.sig', 'new/web.sig'],
    without: ['rules/web.sig'],
    files,
    fresh: ['new/web.sig'],
  });
  expect(change({ do: 'exchange', what: 'own.sig', with: 'new.sig' })).toEqual({
    ...SAME,
    paths: ['rules', 'new.sig'],
    files: ['rules/web.sig', 'rules/mail.sig', 'new.sig'],
    fresh: ['new.sig'],
  });
});

test.each([
  [{ do: 'exchange', what: 'wev' } as const, 'no module `wev` is loaded, and no file of that name'],
  [{ do: 'exchange', what: 'twice' } as const, 'module `twice` is declared in `own.sig` and `lib.sig`'],
  [{ do: 'exchange', what: 'web', with: 'own.sig' } as const, '`own.sig` is loaded already'],
  [{ do: 'remove', what: 'mail' } as const, '`mail` has been removed already'],
  // It must not be taken for its file, in which others are at work.
  [{ do: 'remove', what: 'imap' } as const, '`imap` went with `mail`, which was removed'],
  [
    { do: 'remove', what: 'lib.sig' } as const,
    '`lib.sig` is here because other files import it, and cannot be taken out or replaced',
  ],
])('%o is refused', (order, message) => {
  expect(change(order)).toBe(message);
});

test('a long name that nothing is called takes no time', () => {
  expect(change({ do: 'remove', what: 'x'.repeat(4096) })).toMatch(/^no module/);
});

test('remove takes out a module, or a file for good', () => {
  expect(change({ do: 'remove', what: 'sql' })).toEqual({ ...SAME, removed: ['mail', 'sql'] });
  const files = ['rules/mail.sig', 'own.sig'];
  expect(change({ do: 'remove', what: 'rules/web.sig' })).toEqual({ ...SAME, without: ['rules/web.sig'], files });
  expect(change({ do: 'remove', what: 'own.sig' })).toEqual({ ...SAME, paths: ['rules'], files: OWN.slice(0, 2) });
});

test('the last file cannot be taken out', () => {
  const one = { ...RUNNING, units: [unit('own.sig', 'web'), { ...unit('lib.sig'), isImported: true }] };
  expect(changed(one, { do: 'remove', what: 'own.sig' }, places())).toMatchObject({
    ok: false,
    diagnostic: { code: 'E1819', message: '`own.sig` is all that is loaded' },
  });
});

test('policy and reload', () => {
  expect(change({ do: 'policy', name: null })).toEqual({ ...SAME, policy: undefined });
  expect(change({ do: 'reload' })).toEqual({ ...SAME, files: ['rules', 'own.sig'], fresh: 'everything' });
});
