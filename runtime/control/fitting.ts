/** Answers that fit into a line, whatever runs: of lists and texts that are too long for it, the end is left out, and how much is said. */

/** A list or a text of an answer, by the names that lead to it: `difference.text`. */
interface Part {
  readonly path: string;
  readonly bytes: number;
}

/**
 * The answer in at most so many bytes of JSON. The longest lists and texts are cut to one length; `cut` then has, by their paths, how many
 * elements or characters of each were left out.
 */
export function fitting(answer: object, most: number): object {
  const total = bytesOf(answer);
  if (total <= most) return answer;
  const parts = partsOf(answer, '');
  const notes = bytesOf({ cut: Object.fromEntries(parts.map(({ path }) => [path, Number.MAX_SAFE_INTEGER])) });
  const rest = total - parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const cut: Record<string, number> = {};
  const shorter = shortened(answer, '', levelFor(parts, most - rest - notes), cut);
  return { ...shorter, cut };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function partsOf(value: object, before: string): Part[] {
  return Object.entries(value).flatMap(([key, one]: [string, unknown]): Part[] => {
    const path = `${before}${key}`;
    if (typeof one === 'string' || Array.isArray(one)) return [{ path, bytes: bytesOf(one) }];
    return typeof one === 'object' && one !== null ? partsOf(one, `${path}.`) : [];
  });
}

/** The bytes that none of them may exceed, so that all together have at most so many. */
function levelFor(parts: readonly Part[], most: number): number {
  let left = most;
  const sizes = parts.map(({ bytes }) => bytes).sort((a, b) => a - b);
  for (const [i, size] of sizes.entries()) {
    const share = Math.floor(left / (sizes.length - i));
    if (size > share) return share;
    left -= size;
  }
  return most;
}

function shortened(value: object, before: string, most: number, cut: Record<string, number>): object {
  const entries = Object.entries(value).map(([key, one]: [string, unknown]): [string, unknown] => {
    const path = `${before}${key}`;
    if (typeof one === 'string' || Array.isArray(one)) {
      const kept = typeof one === 'string' ? beginning(one, most) : firsts(one, most);
      if (kept.length < one.length) cut[path] = one.length - kept.length;
      return [key, kept];
    }
    return [key, typeof one === 'object' && one !== null ? shortened(one, `${path}.`, most, cut) : one];
  });
  return Object.fromEntries(entries);
}

/** As many elements as there is room for, from the first one on. */
function firsts(list: readonly unknown[], most: number): readonly unknown[] {
  let bytes = '[]'.length;
  const end = list.findIndex((one) => (bytes += bytesOf(one) + ','.length) > most);
  return end < 0 || bytesOf(list) <= most ? list : list.slice(0, end);
}

/** As many lines as there is room for; of a text that is one line, as much of it. */
function beginning(text: string, most: number): string {
  if (bytesOf(text) <= most) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytesOf(text.slice(0, middle)) <= most) low = middle;
    else high = middle - 1;
  }
  const end = text.lastIndexOf('\n', low - 1) + 1;
  return text.slice(0, end > 0 ? end : low);
}
