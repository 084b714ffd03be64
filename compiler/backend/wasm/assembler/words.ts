/** Tables of 32-bit numbers that grow while they are written. */

/** Bytes in little-endian order, as WebAssembly's memory has them. */
export interface Words {
  /** Appends numbers; where the first one lies. */
  push: (...values: readonly number[]) => number;
  readonly length: number;
  bytes: () => Uint8Array;
}

/** An empty table. */
export function createWords(): Words {
  const values: number[] = [];
  return {
    push(...more) {
      const at = values.length * 4;
      for (const value of more) values.push(value);
      return at;
    },
    get length() {
      return values.length * 4;
    },
    bytes: () => littleEndian(values),
  };
}

/** 32-bit numbers as bytes. */
export function littleEndian(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint32(i * 4, values[i]! >>> 0, true);
  return bytes;
}
