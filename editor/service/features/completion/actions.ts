/** What may stand behind `then`, of a signature and of an `override`. */
import type { Word } from '../../reading/words.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';
import { valueItems } from './values.js';

const ACTIONS: readonly (readonly [string, string])[] = [
  ['log', 'an alert for each packet that matches'],
  ['drop', 'the packet is dropped'],
  ['reject', 'the packet is dropped, and its sender told'],
  ['pass', 'the packet is accepted whatever others say'],
  ['limit', 'at most so many alerts within a time'],
  ['mark', 'sets bits of the packet’s netfilter mark'],
  ['forward', 'hands the packet on to a module'],
  ['delay', 'holds the packet back for a time'],
];

/** Those that take something. */
const FORMS = new Set(['limit', 'mark', 'forward', 'delay']);

/** `written` is what stands behind `then`; `further` is what may follow when all actions are said. Modules are others' business. */
export function actionItems(cursor: Cursor, written: readonly Word[], further: readonly Item[]): Item[] {
  const last = written.at(-1)?.text;
  // A packet may be handed on to several modules.
  const isLeft = (name: string): boolean => name === 'forward' || !written.some(({ text }) => text === name);
  const actions = ACTIONS.flatMap(([name, detail]) => (isLeft(name) ? [item(name, 'keyword', detail)] : []));
  if (last === undefined) return actions;
  const form = written.findLastIndex(({ text }) => FORMS.has(text));
  const rest = written.slice(form + 1);
  if (written[form]?.text === 'limit') return limitItems(cursor, rest, actions, further);
  if (last === ',') return actions;
  return form >= 0 && rest.length === 0 ? [] : [...further];
}

/** Behind `limit`: a number, `per` a time, `by` keys. */
function limitItems(cursor: Cursor, rest: readonly Word[], actions: readonly Item[], further: readonly Item[]): Item[] {
  const last = rest.at(-1)?.text;
  const has = (text: string): boolean => rest.some((word) => word.text === text);
  if (last === ',') return has('by') ? [...actions, ...valueItems(cursor, rest)] : [...actions];
  if (last === 'by') return valueItems(cursor, rest);
  if (last === undefined || last === 'per') return [];
  if (!has('per')) return keywords(['per']);
  return [...(has('by') ? [] : keywords(['by'])), ...further];
}
