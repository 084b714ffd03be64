/** A draft → a packet: what is open is chosen, and the rest is built as for a test. */
import { buildPacket } from '../packets/build.js';
import type { HeaderPlan } from '../packets/plan.js';
import type { Layout } from '../logic/layout.js';
import { offsetIn } from './bytes.js';
import { type Context, lostBytes, planOf } from './context.js';
import { inDomain, nearest } from './domain.js';
import type { RawPacket } from '../backend/interpreter/stack.js';
import { type Draft, neededBytes } from './draft.js';
import { BYTES_A_STEP, fill } from './fill.js';
import type { Shape } from './shape.js';

/** A packet, and how it is made. */
export interface Witness {
  readonly packet: RawPacket;
  /** Its headers, outermost first, each with what has to be said of it; the rest is computed. */
  readonly plans: readonly HeaderPlan[];
  /** What stands behind the last header. */
  readonly payload: Uint8Array;
  readonly shape: Shape;
}

/** The packet, or nothing where the draft contradicts itself after all. */
export function finish(on: Context, draft: Draft, layouts: readonly Layout[]): Witness | undefined {
  const length = lengthOf(on, draft);
  if (length === undefined) return undefined;
  // A packet of more bytes takes longer to be made and judged.
  on.budget.left -= Math.ceil(length / BYTES_A_STEP) * 4;
  const payload = fill({
    draft,
    length,
    base: on.base.payload,
    offsetOf: (carrier) => offsetIn(on, draft, carrier),
    spend: (steps) => (on.budget.left -= steps) > 0,
  });
  if (!payload) return undefined;
  const { shape } = on;
  const plans = shape.chain.map((_, i) => planOf(on, draft, i));
  const lost = lostBytes(shape);
  const made = packetOf(plans, payload, lost, layouts);
  return made && { packet: made, plans, payload, shape };
}

/** The same packet with as little said as possible: what is computed anyhow, or usual, is left out. */
export function plainest(witness: Witness, layouts: readonly Layout[]): Witness {
  const { plans, payload, packet, shape } = witness;
  return { ...witness, plans: plainPlans(plans, payload, lostBytes(shape), layouts, packet) };
}

/** As in the packet to be resembled, if that may be; else as few as there must be. */
function lengthOf(on: Context, draft: Draft): number | undefined {
  const needed = neededBytes(draft);
  const domain = { set: draft.length, ones: 0n, zeros: 0n };
  const { payload } = on.base;
  const usual = payload && BigInt(payload.length) > needed ? BigInt(payload.length) : needed;
  if (inDomain(domain, usual)) return Number(usual);
  const close = nearest(domain, usual);
  return close === undefined || close < needed ? undefined : Number(close);
}

function packetOf(
  plans: readonly HeaderPlan[],
  payload: Uint8Array,
  lost: number,
  layouts: readonly Layout[],
): Witness['packet'] | undefined {
  const whole = new Uint8Array(payload.length + lost);
  whole.set(payload);
  const built = buildPacket(plans, whole, layouts);
  if ('problem' in built) return undefined;
  const { link, bytes } = built;
  return { link, bytes: lost > 0 ? bytes.slice(0, bytes.length - lost) : bytes, wireLength: bytes.length };
}

function plainPlans(
  plans: readonly HeaderPlan[],
  payload: Uint8Array,
  lost: number,
  layouts: readonly Layout[],
  made: Witness['packet'],
): HeaderPlan[] {
  const found = [...plans];
  for (const [i, plan] of plans.entries()) {
    for (const name of plan.values.keys()) {
      const current = found[i] as HeaderPlan;
      const values = new Map(current.values);
      values.delete(name);
      const without = { ...current, values };
      const again = packetOf(found.with(i, without), payload, lost, layouts);
      if (again && isSame(again, made)) found[i] = without;
    }
  }
  return found;
}

function isSame(a: Witness['packet'], b: Witness['packet']): boolean {
  return a.link === b.link && a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}
