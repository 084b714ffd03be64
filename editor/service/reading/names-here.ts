/** Of which kinds of declarations the grammar takes a name at a place; of values only, where it takes none of these. */
import type { NAME_SPACES } from '../../../compiler/check/scope.js';
import type { Place } from './place.js';

export type NameSpace = Exclude<(typeof NAME_SPACES)[number], 'values' | 'spaces'>;

/** Behind `in` and `forward`: modules; in a policy and behind `under` and `expect`: what they are about. */
export function namesHere(place: Place): readonly NameSpace[] {
  const { frame, entry, written } = place;
  const last = written.at(-1)?.text;
  switch (frame.kind) {
    case 'file':
      return namesInHead(place);
    case 'signature':
      return entry === 'then' && last === 'forward' ? ['modules'] : [];
    case 'policy':
      return namesInPolicy(place);
    case 'test':
      if (entry === 'under') return last === undefined ? ['policies'] : [];
      return entry === 'expect' && (last === undefined || last === ',') ? ['signatures'] : [];
    default:
      return [];
  }
}

/** `module http in …`, `test "…" under …` */
function namesInHead({ declaration, words }: Place): readonly NameSpace[] {
  const isThird = (word: string): boolean => words.length === 3 && words[2]?.text === word;
  if (declaration === 'module') return isThird('in') ? ['modules'] : [];
  return declaration === 'test' && isThird('under') ? ['policies'] : [];
}

function namesInPolicy({ entry, written, isNewLine }: Place): readonly NameSpace[] {
  const last = written.at(-1)?.text;
  if (last === 'forward') return ['modules'];
  // The next line of a policy is another one, also where a name is missing.
  if (isNewLine) return [];
  switch (entry) {
    case 'protect':
      return written.some(({ text }) => text === 'with') && (last === 'with' || last === ',') ? ['modules'] : [];
    case 'disable':
      return last === undefined ? ['signatures', 'modules'] : [];
    case 'override':
      return last === undefined ? ['signatures'] : [];
    default:
      return [];
  }
}
