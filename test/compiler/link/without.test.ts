/** A module is taken out of what runs while a policy names it. */
import { expect, it } from 'vitest';
import { withoutModules } from '../../../compiler/link/without.js';
import { compiled } from '../../support/compile.js';

it('the policy in force stays one of those that are declared, without what was taken out', () => {
  const ruleset = compiled(`module web { signature a { id 1 when payload contains "a" then log } }
module mail { signature b { id 2 when payload contains "b" then log } }
policy day { protect 10.0.0.0/8 with web, mail }
policy night { protect 10.0.0.0/8 with web }
`);
  const policy = ruleset.policies.find(({ name }) => name === 'night');
  if (!policy) throw new Error('the ruleset has lost a policy');
  const { ruleset: rest } = withoutModules({ ...ruleset, policy }, new Set(['web']));
  expect(rest.policies.indexOf(rest.policy ?? policy)).toBe(1);
  expect(rest.policy).toMatchObject({ name: 'night', protect: [{ modules: [] }] });
});
