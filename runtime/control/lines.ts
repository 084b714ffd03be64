/** Bytes of a stream to lines, whatever arrives: a line that is too long or no text is told, and takes no memory. */

/** A line without its line feed, or why there is none. */
export type Line =
  | { readonly kind: 'text'; readonly text: string }
  /** More bytes than a line may have, told as soon as they are there; the rest of the line is lost. */
  | { readonly kind: 'too-long' }
  /** Bytes that are no UTF-8. */
  | { readonly kind: 'not-text' };

export interface LineReader {
  /** The lines that end in these bytes. */
  readonly push: (bytes: Uint8Array) => readonly Line[];
  /** What was begun and never ended with a line feed, when nothing more comes. */
  readonly end: () => readonly Line[];
}

const LINE_FEED = 10;

/** A reader of lines of at most `most` bytes each. */
export function lineReader(most: number): LineReader {
  let parts: Uint8Array[] = [];
  let length = 0;
  /** It was told already that this line is too long. */
  let isLost = false;
  const add = (bytes: Uint8Array): readonly Line[] => {
    if (isLost) return [];
    length += bytes.length;
    // A copy: a few bytes of a large chunk must not keep all of it.
    if (length <= most) parts.push(bytes.slice());
    else [parts, isLost] = [[], true];
    return isLost ? [{ kind: 'too-long' }] : [];
  };
  const finish = (): readonly Line[] => {
    const line = isLost ? [] : [decoded(parts)];
    [parts, length, isLost] = [[], 0, false];
    return line;
  };
  return {
    push: (bytes) => {
      const lines: Line[] = [];
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        lines.push(...add(bytes.subarray(start, end)), ...finish());
        start = end + 1;
      }
      lines.push(...add(bytes.subarray(start)));
      return lines;
    },
    end: () => (length > 0 ? finish() : []),
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(parts: readonly Uint8Array[]): Line {
  try {
    return { kind: 'text', text: utf8.decode(Buffer.concat(parts)) };
  } catch {
    return { kind: 'not-text' };
  }
}
