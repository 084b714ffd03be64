/** Numbers for people, the same on every machine: `toLocaleString` depends on the one it runs on. */

/** A whole number with separators: `106,196`. */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count and what is counted: `1 packet`, `2 packets`. */
export function quantity(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units: `999 B`, `33.5 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  let scaled = value / 1000;
  let unit = 0;
  // 999,950 would be rounded to 1000.0 kB.
  while (scaled >= 999.95 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const [whole = '', tenths = ''] = scaled.toFixed(1).split('.');
  return `${number(Number(whole))}.${tenths} ${UNITS[unit] ?? ''}`;
}
