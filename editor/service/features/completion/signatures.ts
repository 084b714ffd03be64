/** What may stand in a signature: its keys, and what follows each of them. */
import { SEVERITIES } from '../../../../compiler/ruleset.js';
import { SIGNATURE_WORDS } from '../../../../grammar/tokens.js';
import { wantsOperand } from '../../reading/place.js';
import { endsOperand, isString } from '../../reading/words.js';
import { actionItems } from './actions.js';
import { conditionItems } from './conditions.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';
import { usedWords } from './used.js';
import { valueItems } from './values.js';

const REPEATED = new Set(['ref', 'let']);

/** Keys that are not given yet. */
function keysLeft({ place }: Cursor): Item[] {
  const given = new Set(place.words.map(({ text }) => text));
  return keywords(SIGNATURE_WORDS.filter((key) => REPEATED.has(key) || !given.has(key)));
}

/** At a place inside a signature. */
export function signatureItems(cursor: Cursor): Item[] {
  const { entry, written } = cursor.place;
  const last = written.at(-1);
  switch (entry) {
    case undefined:
      return keysLeft(cursor);
    case 'severity':
      return last ? keysLeft(cursor) : SEVERITIES.map((word) => item(word, 'keyword', 'severity'));
    case 'class':
    case 'tags':
      if (!last || last.text === ',') return usedWords(cursor, entry);
      return keysLeft(cursor);
    case 'ref':
      return last && isString(last) ? keysLeft(cursor) : last ? [] : usedWords(cursor, entry);
    case 'when':
      return [...conditionItems(cursor, written), ...(wantsOperand(written) ? [] : keysLeft(cursor))];
    case 'let': {
      const value = written.slice(2);
      return written[1]?.text === '='
        ? [...conditionItems(cursor, value), ...(wantsOperand(value) ? [] : keysLeft(cursor))]
        : [];
    }
    case 'count':
      return countItems(cursor);
    case 'then':
      return actionItems(cursor, written, keysLeft(cursor));
    default:
      return last ? keysLeft(cursor) : [];
  }
}

function countItems(cursor: Cursor): Item[] {
  const { written } = cursor.place;
  const last = written.at(-1);
  if (!last) return [...keywords(['by']), item('>', 'operator'), item('>=', 'operator')];
  if (last.text === 'per') return [];
  if (!endsOperand(last)) return valueItems(cursor, written);
  const has = (text: string): boolean => written.some((word) => word.text === text);
  if (has('per')) return keysLeft(cursor);
  return has('>') || has('>=') ? keywords(['per']) : [item('>', 'operator'), item('>=', 'operator')];
}
