/** What a key press has changed, found from the two texts. */

/** From `start` to `end` of the text before something else stands now; what is behind it has moved `by` so many characters. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  const start = sameFrom(most, (from, to) => before.slice(from, to) === after.slice(from, to));
  const [end, behind] = [before.length, after.length];
  const tail = sameFrom(
    most - start,
    (from, to) => before.slice(end - to, end - from) === after.slice(behind - to, behind - from),
  );
  return { start, end: end - tail, by: behind - end };
}

/** Whole stretches are compared at once: a file has megabytes, and a key press changes one place. */
const STRETCH = 65_536;

/** How many characters, up to `most`, are the same; `isSame` compares those of a stretch. */
function sameFrom(most: number, isSame: (from: number, to: number) => boolean): number {
  let known = 0;
  for (let step = STRETCH; step >= 1; step = Math.floor(step / 16))
    while (known + step <= most && isSame(known, known + step)) known += step;
  return known;
}
