import { describe, expect, it } from 'vitest';
import { loadPackage, openPackageQueue, type PackageEnvironment } from '../../../runtime/nfqueue/package-open.js';
import { Problem } from '../../../runtime/problem.js';
import { needs } from '../../support/skip.js';
import { type FakePackage, fakePackage } from './fake-package.js';

const why = needs('linux');

const COUNTERS = { queue: 3, owner: 77, waiting: 0, dropped: 0, undelivered: 0, lastId: 0 };

function environment(fake: FakePackage, changes: Partial<PackageEnvironment> = {}): PackageEnvironment {
  const load = (): Promise<{ default: FakePackage['nfqueue'] }> => Promise.resolve({ default: fake.nfqueue });
  return { load, permitted: () => true, counters: () => undefined, ...changes };
}

async function problemOf(work: Promise<unknown>): Promise<Problem['diagnostic']> {
  const thrown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (thrown instanceof Problem) return thrown.diagnostic;
  throw new Error('it was opened, or something else went wrong', { cause: thrown });
}

describe.skipIf(why !== undefined)('opening through the package', () => {
  it('asks for the queue and room for many packets', async () => {
    const fake = fakePackage();
    const queue = await openPackageQueue({ queue: 3 }, environment(fake));
    expect(fake.opened).toEqual({ queue: 3, bufferBytes: 64 << 20 });
    queue.close();
  });

  it('says who has the queue', async () => {
    const fake = fakePackage('Unable to create queue');
    const problem = await problemOf(openPackageQueue({ queue: 3 }, environment(fake, { counters: () => COUNTERS })));
    expect(problem).toMatchObject({ code: 'E1201', message: expect.stringContaining('netlink port 77') });
  });

  it('says what is missing without privileges, before it opens anything', async () => {
    const fake = fakePackage();
    const problem = await problemOf(openPackageQueue({ queue: 3 }, environment(fake, { permitted: () => false })));
    expect(problem.code).toBe('E1202');
    expect(fake.opened).toBeUndefined();
  });

  it.each([
    ['Unable to open queue', 'E1203'],
    ['Unable to unbind queue', 'E1203'],
    ['Unable to create queue', 'E1205'],
    ['Unable to set queue mode', 'E1205'],
  ])('%s: %s', async (message, code) => {
    const problem = await problemOf(openPackageQueue({ queue: 3 }, environment(fakePackage(message))));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(message);
  });

  it.each([
    ['ERR_MODULE_NOT_FOUND', 'is not installed', '`npm install` again'],
    ['MODULE_NOT_FOUND', 'is not built', '`npm rebuild nfqueue`'],
    ['ERR_DLOPEN_FAILED', 'is not built', '`npm rebuild nfqueue`'],
  ])('a package that does not load (%s): one sentence, and what to do', async (code, message, advice) => {
    const problem = await problemOf(loadPackage(() => Promise.reject(Object.assign(new Error('no'), { code }))));
    expect(problem).toMatchObject({ code: 'E1208', message: expect.stringContaining(message) });
    expect(problem.help).toContain('apt-get install g++ libnetfilter-queue-dev make python3');
    expect(problem.help).toContain(advice);
  });
});
