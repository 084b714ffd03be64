/** Ever larger stretches around a place: the word, the brackets around it, the declaration, the file. */
import { lexer } from '../../../grammar/tokens.js';
import { moduleBodies } from '../reading/module-bodies.js';
import { partAt, type Stretch, type View } from '../view.js';

/** From the smallest to the whole file; each holds the one before and is larger. */
export function selectionRanges(view: View, file: string, offset: number): readonly Stretch[] {
  const source = view.file(file);
  const part = source && partAt(source, offset);
  if (!source || !part) return [];
  const at = offset - part.start;
  const { tokens } = lexer.tokenize(part.tree.text);
  const word = tokens.find(({ startOffset, image }) => startOffset <= at && at <= startOffset + image.length);
  const inner = [
    ...(word ? [{ start: word.startOffset, end: word.startOffset + word.image.length }] : []),
    ...bracketsAround(tokens, at),
    ...part.tree.declarations.flatMap(({ span }) => (span.start <= at && at <= span.end ? [span] : [])),
  ].map(({ start, end }) => ({ start: start + part.start, end: end + part.start }));
  const modules = moduleBodies(source).flatMap(({ whole, body, isClosed }) => {
    if (offset < whole.start || offset > whole.end) return [];
    const within = { start: body.start + 1, end: isClosed ? body.end - 1 : body.end };
    return offset >= within.start && offset <= within.end ? [within, whole] : [whole];
  });
  const ranges = [...inner, ...modules, { start: 0, end: source.text.length }];
  return ranges.filter((range, i) => {
    const before = ranges[i - 1];
    return !before || (range.start <= before.start && range.end >= before.end && size(range) > size(before));
  });
}

function size({ start, end }: Stretch): number {
  return end - start;
}

/** Inside and with each pair of brackets, from the innermost. */
function bracketsAround(tokens: readonly { image: string; startOffset: number }[], at: number): Stretch[] {
  const open: number[] = [];
  const around: Stretch[] = [];
  for (const { image, startOffset } of tokens) {
    if ('([{'.includes(image)) open.push(startOffset);
    if (!')]}'.includes(image)) continue;
    const start = open.pop();
    if (start === undefined || start >= at || startOffset < at) continue;
    around.push({ start: start + 1, end: startOffset }, { start, end: startOffset + 1 });
  }
  return around;
}
