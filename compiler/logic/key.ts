/** A text that is equal for values, headers, formulas and questions that mean the same: their places in the text do not count. */
export function keyOf(part: unknown): string {
  return JSON.stringify(part, (name, inner: unknown) => {
    if (name === 'span') return undefined;
    if (typeof inner === 'bigint') return `${inner}n`;
    return inner instanceof Uint8Array ? inner.join() : inner;
  });
}
