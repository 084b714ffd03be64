/** What may stand in a policy. */
import { POLICY_WORDS } from '../../../../grammar/tokens.js';
import { wantsOperand } from '../../reading/place.js';
import type { Word } from '../../reading/words.js';
import { actionItems } from './actions.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';
import { networkItems } from './values.js';

const LINES: Readonly<Record<(typeof POLICY_WORDS)[number], string>> = {
  protect: 'networks, and the modules that look at their packets',
  otherwise: 'what a packet gets that no network covers',
  disable: 'a signature never matches, or none of a module',
  override: 'other actions for a signature',
};

const OTHERWISE = [item('accept', 'keyword', 'verdict'), item('drop', 'keyword', 'verdict')];

/** At a place inside a policy where no name is to come. */
export function policyItems(cursor: Cursor): Item[] {
  const { entry, written, isNewLine } = cursor.place;
  const last = written.at(-1);
  switch (entry) {
    case 'protect':
      if (written.some(({ text }) => text === 'with')) return isNewLine || isNamed(last) ? lines(cursor) : [];
      return wantsOperand(written) ? networkItems(cursor) : keywords(['with']);
    case 'otherwise':
      return last ? lines(cursor) : OTHERWISE;
    case 'disable':
      return isNewLine || last ? lines(cursor) : [];
    case 'override': {
      const then = written.findIndex(({ text }) => text === 'then');
      if (then < 0) return last ? keywords(['then']) : isNewLine ? lines(cursor) : [];
      return actionItems(cursor, written.slice(then + 1), lines(cursor));
    }
    default:
      return lines(cursor);
  }
}

function isNamed(last: Word | undefined): boolean {
  return last !== undefined && last.text !== 'with' && last.text !== ',';
}

/** What a line begins with; that for packets that are not covered stands once. */
function lines({ place }: Cursor): Item[] {
  const isGiven = place.words.some(({ text }) => text === 'otherwise');
  const words = POLICY_WORDS.filter((word) => word !== 'otherwise' || !isGiven);
  return words.map((word) => item(word, 'keyword', LINES[word]));
}
