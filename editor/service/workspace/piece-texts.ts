/** What the checker asks of texts, where these are held in pieces. */
import { damagedPlaces, isBetween } from '../../../compiler/check/check.js';
import type { Texts } from '../../../compiler/check/context.js';
import { namesLost } from '../../../compiler/check/lost.js';
import { type HeldFile, type HeldPiece, pieceOf } from './held-file.js';

const damage = new WeakMap<HeldPiece, readonly number[]>();
const lost = new WeakMap<HeldPiece, readonly string[]>();

/** The texts of some files; the checker knows their pieces by id, and the files by name. */
export function pieceTexts(files: ReadonlyMap<string, HeldFile>): Texts {
  const lostNames = new Map<string, ReadonlySet<string>>();
  return {
    textOf: (id) => pieceOf(files, id)?.tree.text ?? '',
    isDamaged: ({ file: id, start, end }) => {
      const piece = pieceOf(files, id);
      return piece !== undefined && isBetween(damageOf(piece), start, end);
    },
    lostIn: (file) => {
      const known = lostNames.get(file) ?? new Set((files.get(file)?.damaged ?? []).flatMap(lostIn));
      lostNames.set(file, known);
      return known;
    },
  };
}

function damageOf(piece: HeldPiece): readonly number[] {
  const known = damage.get(piece) ?? damagedPlaces(piece.diagnostics);
  damage.set(piece, known);
  return known;
}

function lostIn(piece: HeldPiece): readonly string[] {
  const known = lost.get(piece) ?? namesLost(piece.tree.text);
  lost.set(piece, known);
  return known;
}
