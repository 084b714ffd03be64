import { expect, test } from 'vitest';
import { createBacklog } from '../../../runtime/output/backlog.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('hands over in order, in whatever pieces', () => {
  const backlog = createBacklog(100);
  for (const line of ['ab\n', 'cd\n', 'ef\n']) expect(backlog.add(line)).toBe(true);
  expect(text(backlog.next(4))).toBe('ab\ncd\n');
  backlog.taken(4);
  expect(text(backlog.next(100))).toBe('d\nef\n');
  expect(backlog.bytes).toBe(5);
  backlog.restartLine();
  expect(text(backlog.next(100))).toBe('cd\nef\n');
  backlog.taken(6);
  expect({ left: backlog.next(100).length, bytes: backlog.bytes, lost: backlog.lost }).toEqual({
    left: 0,
    bytes: 0,
    lost: 0,
  });
});

test('drops and counts what does not fit', () => {
  const backlog = createBacklog(6);
  expect(['ab\n', 'cd\n', 'x\n'].map((line) => backlog.add(line))).toEqual([true, true, false]);
  expect(backlog.lost).toBe(1);
  backlog.taken(3);
  expect(backlog.add('é\n')).toBe(true);
  expect(text(backlog.next(100))).toBe('cd\né\n');
  backlog.abandon();
  expect(backlog.lost).toBe(3);
  expect(backlog.bytes).toBe(0);
});
