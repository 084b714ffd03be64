/** What may stand in a condition. */
import { wantsOperand } from '../../reading/place.js';
import type { Word } from '../../reading/words.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';
import { valueItems } from './values.js';

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

/** A condition or value: an operand where one is lacking, and otherwise what joins it to the next. */
export function conditionItems(cursor: Cursor, written: readonly Word[]): Item[] {
  if (wantsOperand(written)) return valueItems(cursor, written);
  const joining = keywords(['and', 'or', 'in', 'not', 'contains', 'has', 'any', 'lacks']);
  const literal = written.findLastIndex(({ text }) => text === 'contains') >= 0 && isModifiable(written);
  return [
    ...(literal ? keywords(['nocase', 'at', 'in', 'as']) : []),
    ...joining,
    ...COMPARISONS.map((sign) => item(sign, 'operator')),
  ];
}

/** Between `contains` and the next `and`, `or` or bracket modifiers may stand. */
function isModifiable(written: readonly Word[]): boolean {
  const from = written.findLastIndex(({ text }) => text === 'contains');
  return !written.slice(from).some(({ text }) => text === 'and' || text === 'or' || text === ')');
}
