/** Constants that are equal to constants that are equal to constants, for as long as somebody likes; the stack is not as long. */
import { describe, expect, it } from 'vitest';
import { compileSig } from '../../support/compile.js';
import { viewing, MAIN } from '../../editor/service/marked.js';

const COUNT = 5000;

/** Each is said with the next one; `last` is what the last one is. */
function chain(last: string, around = (name: string): string => name): string {
  const lines = Array.from({ length: COUNT }, (_, i) => `const c${i} = ${around(`c${i + 1}`)}\n`);
  return `${lines.join('')}const c${COUNT} = ${last}\n`;
}

const used = 'signature s { id 1 when tcp.dst_port == c0 then log }\n';

describe('a chain of constants', () => {
  it.each([
    ['of names', (name: string) => name],
    ['in many brackets', (name: string) => `${'('.repeat(30)}${name}${')'.repeat(30)}`],
  ])('has the value of its end: %s', (_, around) => {
    const { ruleset, diagnostics } = compileSig(chain('80', around) + used);
    expect(diagnostics).toEqual([]);
    expect(ruleset.signatures[0]?.when).toMatchObject({ kind: 'Compare', right: { kind: 'Constant', value: 80n } });
  });

  it('that goes in a circle is said once, at its first', () => {
    const { diagnostics } = compileSig(chain('c0'));
    expect(diagnostics.map(({ message, labels }) => [message, labels[0]?.span.start])).toEqual([
      ['`c0` is defined by itself', 6],
    ]);
  });

  it('that ends in a mistake is said once, where that is', () => {
    const { diagnostics } = compileSig(chain('nothing') + used);
    expect(diagnostics.map(({ message }) => message)).toEqual(['nothing is called `nothing` here']);
  });

  it('is no harder to edit', () => {
    const view = viewing(chain('80') + used);
    expect(view.diagnostics(MAIN)).toEqual([]);
    expect(view.usesOf({ file: MAIN, start: 6, end: 8 })).toHaveLength(2);
  });
});
