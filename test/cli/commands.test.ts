import { describe, expect, it } from 'vitest';
import { inFolder } from './in-process.js';

const help = await inFolder({}, ['--help']);
const NAMES = [...help.stdout.matchAll(/^ {2}([a-z]+)\b.* {2}/gm)]
  .map(([, name]) => name ?? '')
  .filter((n) => n !== 'help');

describe('the command line', () => {
  it('has commands, each of which the help names', () => {
    expect(NAMES).toContain('check');
    expect(NAMES.length).toBeGreaterThan(10);
  });

  it.each(NAMES)('`%s` is loaded by its name', async (name) => {
    const { stdout, status } = await inFolder({}, [name, '--help']);
    expect({ status, usage: stdout.split('\n')[0] }).toEqual({
      status: 0,
      usage: expect.stringMatching(`^Usage: sigward ${name}\\b`),
    });
  });

  it('says which command may be meant', async () => {
    const { stderr, status } = await inFolder({}, ['chek']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean check?');
  });
});
