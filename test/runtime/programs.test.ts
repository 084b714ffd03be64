import { expect, it } from 'vitest';
import { findProgram } from '../../runtime/programs.js';

it('finds a program and not one that does not exist', () => {
  expect(findProgram('sh')).toMatch(/\/sh$/);
  expect(findProgram('no-such-program-anywhere')).toBeUndefined();
});
