/** Lines that wait for a log to take them: no more than so many bytes, the newest are dropped. */

export interface Backlog {
  /** Adds a line with its end; false if there is no room, and then it is lost. */
  add(line: string): boolean;
  /** Bytes that wait. */
  readonly bytes: number;
  /** Lines that were dropped. */
  readonly lost: number;
  /** The first bytes that wait, whole lines from where the last `taken` ended, about `size` of them; empty if none. */
  next(size: number): Uint8Array;
  /** So many of the bytes that `next` gave are handed over. */
  taken(count: number): void;
  /** A line that was handed over in part is to be handed over again from its beginning. */
  restartLine(): void;
  /** Drops all that waits, counting it as lost. */
  abandon(): void;
}

/** An empty backlog that holds at most `limit` bytes. */
export function createBacklog(limit: number): Backlog {
  let lines: Buffer[] = [];
  /** Lines at the front that are handed over already, and bytes of the first of the others. */
  let first = 0;
  let offset = 0;
  let bytes = 0;
  let lost = 0;

  function compact(): void {
    // Not at each line: moving all the others each time would cost the square of their number.
    if (first < lines.length && first < 1_024) return;
    lines = lines.slice(first);
    first = 0;
  }

  return {
    add(text) {
      const line = Buffer.from(text);
      if (bytes + line.length > limit) {
        lost++;
        return false;
      }
      lines.push(line);
      bytes += line.length;
      return true;
    },
    get bytes() {
      return bytes;
    },
    get lost() {
      return lost;
    },
    next(size) {
      let end = first;
      for (let sum = 0; end < lines.length && sum < size; end++) sum += lines[end]?.length ?? 0;
      return Buffer.concat(lines.slice(first, end)).subarray(offset);
    },
    taken(count) {
      bytes -= count;
      offset += count;
      for (let line = lines[first]; line && offset >= line.length; line = lines[first]) {
        offset -= line.length;
        first++;
      }
      compact();
    },
    restartLine() {
      bytes += offset;
      offset = 0;
    },
    abandon() {
      lost += lines.length - first;
      lines = [];
      first = offset = bytes = 0;
    },
  };
}
