/** Packets that are held back, and when each is due: a heap over columns, so that nothing is allocated for one. */

/** Half of what a queue holds: packets that are held never fill it. */
const MOST_HELD = 8_192;

/** A packet that is due. */
export interface Due {
  readonly id: number;
  /** What its mark becomes; undefined: it stays. */
  readonly mark: number | undefined;
}

export interface Holds {
  readonly length: number;
  /** Milliseconds, on the clock by which they were added, at which the next one is due; Infinity where none is held. */
  readonly next: number;
  /** False where there is no room. */
  add(id: number, mark: number | undefined, due: number): boolean;
  /** Takes out the one that is due first. */
  take(): Due | undefined;
}

/** Nothing is held yet. */
export function createHolds(most: number = MOST_HELD): Holds {
  const [ids, marks, marked] = [new Uint32Array(most), new Uint32Array(most), new Uint8Array(most)];
  const dues = new Float64Array(most);
  /** Those that are due at once go in the order in which they came: a whole batch is. */
  const turns = new Float64Array(most);
  let length = 0;
  let turn = 0;
  const due = (place: number): number => (place < length ? (dues[place] ?? 0) : Infinity);
  const isBefore = (a: number, b: number): boolean =>
    due(a) === due(b) ? a < length && (turns[a] ?? 0) < (turns[b] ?? 0) : due(a) < due(b);
  const swap = (a: number, b: number): void => {
    for (const column of [ids, marks, marked, dues, turns]) {
      const other = column[a] ?? 0;
      column[a] = column[b] ?? 0;
      column[b] = other;
    }
  };
  const sink = (): void => {
    for (let place = 0, child = 1; child < length; child = 2 * place + 1) {
      if (isBefore(child + 1, child)) child++;
      if (!isBefore(child, place)) return;
      swap(place, child);
      place = child;
    }
  };
  return {
    get length() {
      return length;
    },
    get next() {
      return due(0);
    },
    add(id, mark, at) {
      if (length === most) return false;
      let place = length++;
      [ids[place], marks[place], marked[place]] = [id, mark ?? 0, mark === undefined ? 0 : 1];
      [dues[place], turns[place]] = [at, turn++];
      for (let parent = (place - 1) >> 1; place > 0 && isBefore(place, parent); parent = (place - 1) >> 1) {
        swap(place, parent);
        place = parent;
      }
      return true;
    },
    take() {
      if (length === 0) return undefined;
      const first = { id: ids[0] ?? 0, mark: marked[0] === 1 ? (marks[0] ?? 0) : undefined };
      swap(0, --length);
      sink();
      return first;
    },
  };
}
