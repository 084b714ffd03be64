/** Durations and shares for people. */
import { WHOLE } from '../../compiler/cost/share.js';
import { number } from '../../runtime/output/figures.js';

const UNITS = ['ns', 'µs', 'ms', 's'] as const;

/** Picoseconds in three digits: `0.4 ns`, `37.2 ns`, `1.46 ms`; more than nothing is never `0`. */
export function duration(picoseconds: number): string {
  if (picoseconds === 0) return '0';
  if (picoseconds < 100) return '<0.1 ns';
  let scaled = picoseconds / 1000;
  let unit = 0;
  // 999.95 ns would be rounded to 1000 ns.
  while (scaled >= 999.5 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${digits(scaled, unit)} ${UNITS[unit] ?? ''}`;
}

function digits(value: number, unit: number): string {
  if (value >= 99.95) return number(Math.round(value));
  return value.toFixed(value >= 9.995 || unit === 0 ? 1 : 2);
}

/** How many packets a share is: `all`, `1 in 17`. */
export function often(share: number): string {
  if (share === 0) return 'none';
  const of = Math.round(WHOLE / share);
  return of <= 1 ? 'all' : `1 in ${number(of)}`;
}
