/** What can be in the way of answers to rejected packets. */
import { warning } from '../../grammar/diagnostic.js';

export const rejectsUnanswered = warning<{ readonly reason: string }>(
  'W1205',
  'rejected packets are not answered',
  (p) => `rejected packets are dropped without an answer: ${p.reason}`,
  () => 'answers need a raw socket, so the capability CAP_NET_RAW, and the npm package `koffi`',
);
