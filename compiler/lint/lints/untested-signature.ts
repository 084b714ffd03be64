import type { Lint } from '../lint.js';

/** A signature that no packet has ever matched is a guess. */
export const untestedSignature: Lint = {
  name: 'untested-signature',
  summary: 'a signature that no test expects',
  level: 'off',
  class: 'quick',
  find: ({ signatures, ruleset }) => {
    const expected = new Set(
      ruleset.tests.flatMap(({ steps }) =>
        steps.flatMap((step) =>
          step.kind === 'expect' ? step.expectation.signatures.map(({ signature }) => signature) : [],
        ),
      ),
    );
    return signatures
      .filter(({ index }) => !expected.has(index))
      .map(({ decl, signature }) => ({
        message: `no test expects \`${signature.name}\``,
        labels: [{ span: decl.name.span }],
        help: `show what it matches, and what it barely does not: \`test "…" { packet { … } expect ${signature.name} }\``,
      }));
  },
};
