/** The Internet checksum (RFC 1071) of several rows of bytes, each of even length but the last. */
export function internetChecksum(...rows: readonly Uint8Array[]): number {
  let sum = 0;
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 2) sum += ((row[at] ?? 0) << 8) | (row[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return 0xffff - sum;
}
