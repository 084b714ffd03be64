/** What lints ask about TCP: a stream that its sender cuts into segments as it likes (RFC 9293 3.7). */
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { BytesRef } from '../logic/value.js';
import { needed } from './presence.js';

/** Whether only TCP segments match. */
export function isAboutTcp(when: Formula, layouts: readonly Layout[]): boolean {
  const clauses = needed(when, layouts);
  return clauses.some((clause) => clause.length > 0 && clause.every((ref) => isTcp(ref.layout, layouts)));
}

/** Whether bytes are a segment's. */
export function isSegment(bytes: BytesRef, layouts: readonly Layout[]): boolean {
  return bytes === 'transport' || bytes.every(({ layout }) => isTcp(layout, layouts));
}

function isTcp(index: number, layouts: readonly Layout[]): boolean {
  return layouts[index]?.name === 'tcp';
}
