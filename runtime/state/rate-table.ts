/**
 * When what happened last, by key: whether so many were within so much time. Exact, as it keeps the times themselves, and bounded
 * in keys and in times, whatever comes. Where it is full, the key that was entered least recently goes.
 *
 * No step takes longer for more keys. Keys are strings that are no array indices: V8 seeds their hash with a number of its own, so
 * nobody can choose addresses that collide.
 */

import { clear, emptyRing, oldest, push, resize, type Ring, shift } from './ring.js';

/** What a table may hold. */
export interface RateLimits {
  readonly keys: number;
  /** Times of all keys together, at least as many as one key may have. */
  readonly times: number;
}

export interface RateTable {
  /**
   * Whether `most` times lie within `nanoseconds` before `time`, that moment itself included and the one exactly so long ago not. A
   * time before the key's last one counts as that one: captures are not always in order. Where it lies further back than
   * `nanoseconds`, the clock was set, and the key begins anew.
   */
  isFull(key: string, time: bigint): boolean;
  /** Enters what `isFull` was asked about just before. */
  enter(key: string, time: bigint): void;
  /** Has room for so much from now on. Where it holds more, it gives back a key with each that is entered. */
  setLimits(limits: RateLimits): void;
  /** Keys that were forgotten for want of room while they still counted. */
  readonly evictions: number;
}

/** A key and its last times, oldest first. */
interface Entry {
  key: string;
  readonly times: Ring;
  newest: bigint;
  /** Neighbours in the order in which keys were entered last. */
  before: Entry;
  after: Entry;
}

interface Table {
  readonly most: number;
  readonly nanoseconds: bigint;
  limits: RateLimits;
  readonly entries: Map<string, Entry>;
  /** A circle's fixed point: behind it stands the key that was entered least recently, before it the last one. */
  readonly list: Entry;
  /** Slots of all keys' rings. */
  slots: number;
  evictions: number;
}

/** A table for at most `most` times a key within `nanoseconds`. */
export function createRateTable(most: number, nanoseconds: bigint, limits: RateLimits): RateTable {
  const table: Table = {
    most,
    nanoseconds,
    limits,
    entries: new Map(),
    list: newEntry(),
    slots: 0,
    evictions: 0,
  };
  return {
    isFull(key, time) {
      const entry = table.entries.get(key);
      if (!entry) return false;
      if (time + nanoseconds < entry.newest) release(table, entry.times);
      else prune(table, entry, later(time, entry.newest));
      return entry.times.length >= most;
    },
    enter: (key, time) => enter(table, key, time),
    setLimits: (smaller) => void (table.limits = smaller),
    get evictions() {
      return table.evictions;
    },
  };
}

function enter(table: Table, key: string, time: bigint): void {
  const entry = entryFor(table, key, time);
  const { times } = entry;
  unlink(entry);
  insertBefore(table.list, entry);
  entry.newest = times.length > 0 ? later(time, entry.newest) : time;
  if (times.length === table.most) shift(times);
  else if (times.length === times.slots.length) grow(table, entry);
  push(times, entry.newest);
}

/** Under a flood of keys the entry that goes is the one that comes: nothing is left to the collector but the key. */
function entryFor(table: Table, key: string, time: bigint): Entry {
  const known = table.entries.get(key);
  if (known) return known;
  if (table.entries.size > table.limits.keys) discard(table, evictOldest(table, time));
  const entry = table.entries.size >= table.limits.keys ? evictOldest(table, time) : newEntry();
  entry.key = key;
  table.entries.set(key, entry);
  return entry;
}

/** Takes out the times that no longer count. */
function prune(table: Table, { times }: Entry, now: bigint): void {
  const start = now - table.nanoseconds;
  for (let time = oldest(times); time !== undefined && time <= start; time = oldest(times)) shift(times);
  if (times.length === 0) release(table, times);
}

/** A key that was busy once must not keep the room that others need. */
function release(table: Table, times: Ring): void {
  const { length } = times.slots;
  clear(times, length > 1 ? 0 : length);
  table.slots -= length - times.slots.length;
}

/** Twice the room, made by those that were entered least recently where there is none left; `entry` was entered last. */
function grow(table: Table, entry: Entry): void {
  const size = Math.min(Math.max(1, entry.times.slots.length * 2), table.most);
  const more = size - entry.times.slots.length;
  while (table.slots + more > table.limits.times && table.list.after !== entry)
    discard(table, evictOldest(table, entry.newest));
  table.slots += more;
  resize(entry.times, size);
}

/** A key whose times no longer count at `now` is no loss. */
function evictOldest(table: Table, now: bigint): Entry {
  const entry = table.list.after;
  if (entry.newest + table.nanoseconds > now) table.evictions++;
  release(table, entry.times);
  table.entries.delete(entry.key);
  unlink(entry);
  return entry;
}

/** An entry that is not used again takes its last slot with it. */
function discard(table: Table, { times }: Entry): void {
  table.slots -= times.slots.length;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** An entry that is its own neighbour. */
function newEntry(): Entry {
  const entry: Omit<Entry, 'before' | 'after'> & { before: Entry | undefined; after: Entry | undefined } = {
    key: '',
    times: emptyRing(),
    newest: 0n,
    before: undefined,
    after: undefined,
  };
  entry.before = entry.after = entry as Entry;
  return entry as Entry;
}

function unlink(entry: Entry): void {
  entry.before.after = entry.after;
  entry.after.before = entry.before;
  // What has gone must not hold on to what stays: dead objects that are old keep young ones alive for a while.
  entry.before = entry.after = entry;
}

function insertBefore(place: Entry, entry: Entry): void {
  entry.before = place.before;
  entry.after = place;
  place.before.after = entry;
  place.before = entry;
}
