/** Bytes as text, one character a byte. */
export function letters(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, MOST), (byte) => String.fromCharCode(byte)).join('');
}

/** What lints look at is at the beginning. */
const MOST = 4096;
