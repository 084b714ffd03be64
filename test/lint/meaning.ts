/** What a ruleset says, in a form in which conditions that mean the same by small changes of form are the same. */
import { all, type Formula, type Literal } from '../../compiler/logic/formula.js';
import { freeNames } from '../../compiler/logic/occurrences.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { rulesetHash } from '../../runtime/output/ruleset-hash.js';

/** Equal for rulesets whose signatures mean the same; others may differ although they do. */
export function meaning(ruleset: Ruleset): string {
  const { signatures } = ruleset;
  return rulesetHash({ ...ruleset, signatures: signatures.map((one) => ({ ...one, when: plain(one.when) })) });
}

/** Names of occurrences that nothing refers to, and `nocase` of bytes without letters, are left out. */
function plain(formula: Formula): Formula {
  switch (formula.kind) {
    case 'And':
      return all(formula.of.map(plain));
    case 'Or':
      return { ...formula, of: formula.of.map(plain) };
    case 'Not':
      return { ...formula, of: plain(formula.of) };
    case 'Contains':
      return { ...formula, literal: caseless(formula.literal) };
    case 'Occurs': {
      const { where, name, ...rest } = formula;
      const literal = caseless(formula.literal);
      if (freeNames(where).has(name)) return { ...formula, literal, where: plain(where) };
      return all([{ ...rest, kind: 'Contains', literal, negated: false }, plain(where)]);
    }
    default:
      return formula;
  }
}

function caseless(literal: Literal): Literal {
  const hasLetters = literal.bytes.some((byte) => /[a-z]/i.test(String.fromCharCode(byte)));
  return { ...literal, nocase: literal.nocase && hasLetters };
}
