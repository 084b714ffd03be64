import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHand, FATE, type Hand } from '../../../runtime/nfqueue/hand.js';
import { BATCH, OUTGOING_LIMIT } from '../../../runtime/nfqueue/slots.js';
import { distance, settledBy, writeVerdicts } from '../../../runtime/nfqueue/verdicts.js';
import { type SentVerdict, sentVerdicts } from './sent.js';

interface Dealt {
  readonly id: number;
  readonly fate: keyof typeof FATE;
  readonly mark?: number;
}

function handOf(packets: readonly Dealt[]): Hand {
  const hand = createHand();
  hand.length = packets.length;
  packets.forEach(({ id, fate, mark = 0 }, i) => {
    hand.ids[i] = id;
    hand.fates[i] = FATE[fate];
    hand.newMarks[i] = mark;
  });
  return hand;
}

function settle(settled: number, packets: readonly Dealt[], apart = false): string[] {
  const view = new DataView(new ArrayBuffer(OUTGOING_LIMIT + 8));
  const bytes = writeVerdicts(view, 8, 1, settled, handOf(packets), apart);
  return sentVerdicts(view, 8, 8 + bytes).map(textOf);
}

function textOf({ one, accept, id, mark }: SentVerdict): string {
  return `${one ? 'one: ' : ''}${accept ? 'accept' : 'drop'} ${id}${mark === undefined ? '' : ` mark ${mark}`}`;
}

const all = (fate: Dealt['fate'], ...ids: readonly number[]): Dealt[] => ids.map((id) => ({ id, fate }));

/** What the kernel does with the messages: a run settles all that waits up to its id, in order of arrival. */
function kernel(waiting: readonly number[], sent: readonly SentVerdict[]): Map<number, boolean> {
  const verdicts = new Map<number, boolean>();
  let queue = [...waiting];
  for (const { one, id, accept } of sent) {
    const isMeant = (other: number): boolean => (one ? other === id : distance(other, id) >= 0);
    for (const settled of queue.filter(isMeant)) verdicts.set(settled, accept);
    queue = queue.filter((other) => !isMeant(other));
  }
  return verdicts;
}

describe('runs of verdicts', () => {
  it('one message settles packets that have the same verdict', () => {
    expect(settle(0, all('accept', 1, 2, 3))).toEqual(['accept 3']);
  });

  it('a message for each change', () => {
    const packets = [...all('accept', 5, 6), ...all('drop', 7), ...all('accept', 8)];
    expect(settle(4, packets)).toEqual(['accept 6', 'drop 7', 'accept 8']);
  });

  it('a message for each change of the mark', () => {
    const marks = [1, 1, undefined, 2, 2];
    const packets = marks.map((mark, i): Dealt => ({
      id: i + 1,
      ...(mark ? { fate: 'mark', mark } : { fate: 'accept' }),
    }));
    expect(settle(0, packets)).toEqual(['accept 2 mark 1', 'accept 3', 'accept 5 mark 2']);
  });

  it('drops what was never seen before it accepts what comes behind it', () => {
    expect(settle(4, all('accept', 7))).toEqual(['drop 6', 'accept 7']);
    expect(settle(4, all('accept', 5, 8))).toEqual(['accept 5', 'drop 7', 'accept 8']);
    expect(settle(4, all('drop', 6, 9))).toEqual(['drop 9']);
  });

  it('counts on at 2^32', () => {
    expect(settle(0xfffffffe, all('accept', 0xffffffff, 0, 1))).toEqual(['accept 1']);
    expect(settle(0xfffffffe, all('accept', 0, 1))).toEqual(['drop 4294967295', 'accept 1']);
  });

  it('behind a packet that is held each one has a message of its own', () => {
    const packets = [...all('accept', 1, 2), ...all('hold', 3), ...all('accept', 4, 6), ...all('drop', 7)];
    expect(settle(0, packets)).toEqual(['accept 2', 'one: accept 4', 'one: accept 6', 'one: drop 7']);
    expect(settledBy(handOf(packets), 0, false)).toBe(2);
    expect(settle(2, all('accept', 8, 9), true)).toEqual(['one: accept 8', 'one: accept 9']);
    expect(settledBy(handOf(all('accept', 8, 9)), 2, true)).toBe(2);
    // The first run afterwards also drops what was never seen meanwhile.
    expect(settle(2, all('accept', 10))).toEqual(['drop 9', 'accept 10']);
  });

  it('settles what was never seen in front of a packet that is held', () => {
    const packets = all('hold', 5);
    expect(settle(2, packets)).toEqual(['drop 4']);
    expect(settledBy(handOf(packets), 2, false)).toBe(4);
  });

  it('gives every packet that was seen its verdict, drops every other, leaves what is held, and fits', () => {
    const fate = fc.constantFrom('drop', 'accept', 'mark', 'hold', 'unseen');
    const batches = fc.array(fc.array(fate, { maxLength: BATCH }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(0, 1000, 0x7fffffe0, 0xffffffe0), batches, (first, fates) => {
        let settled: number = first;
        let [next, held] = [(first + 1) >>> 0, false];
        const view = new DataView(new ArrayBuffer(OUTGOING_LIMIT));
        const sent: SentVerdict[] = [];
        const wanted = new Map<number, string>();
        for (const batch of fates) {
          const packets = batch.map((given, i) => ({ id: (next + i) >>> 0, given }));
          next = (next + batch.length) >>> 0;
          for (const { id, given } of packets) wanted.set(id, given);
          const hand = handOf(packets.flatMap(({ id, given }) => (given === 'unseen' ? [] : { id, fate: given })));
          const bytes = writeVerdicts(view, 0, 1, settled, hand, held);
          sent.push(...sentVerdicts(view, 0, bytes));
          settled = settledBy(hand, settled, held);
          held ||= hand.fates.subarray(0, hand.length).includes(FATE.hold);
        }
        const verdicts = kernel([...wanted.keys()], sent);
        for (const [id, given] of wanted) {
          const verdict = verdicts.get(id);
          if (given === 'hold') expect(verdict).toBeUndefined();
          else if (given === 'unseen') expect(verdict).not.toBe(true);
          else expect(verdict).toBe(given !== 'drop');
          if (distance(id, settled) >= 0) expect(verdict).toBeDefined();
        }
      }),
    );
  });
});
