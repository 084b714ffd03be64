/** Orders of the supervisor, as they come over the channel: what is none is not taken for one. */
import { FAILURES } from '../failure.js';
import type { Order, Start } from './messages.js';

/** The order that a message is; undefined where it is none. */
export function readOrder(message: unknown): Order | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  const fields = message as Readonly<Record<string, unknown>>;
  return CHECKS.get(fields['kind'])?.(fields) === true ? (message as Order) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const CHECKS = new Map<unknown, (fields: Fields) => boolean>(
  Object.entries({
    start: isStart,
    load: (fields) => isGeneration(fields['generation']) && fields['artefact'] instanceof Uint8Array,
    use: ({ generation }) => isGeneration(generation),
    forget: ({ generation }) => isGeneration(generation),
    closed: ({ by }) => by === undefined || isOneOf(FAILURES, by),
    stop: () => true,
  } satisfies Record<Order['kind'], (fields: Fields) => boolean>),
);

const FLAGS = ['alerts', 'alertPackets', 'dryRun'] as const satisfies readonly (keyof Start)[];

function isStart(fields: Fields): boolean {
  const { queue, failure, onFragment, answers } = fields;
  if (!isCount(queue, 0xffff) || !isOneOf(['drop', 'accept', 'warn'], onFragment)) return false;
  if (!FLAGS.every((flag) => typeof fields[flag] === 'boolean')) return false;
  if (!isRecord(failure) || !isRecord(answers)) return false;
  return FAILURES.every((name) => isOneOf(['drop', 'accept'], failure[name])) && isAnswers(answers);
}

/** Descriptors, or why there are none. */
function isAnswers({ ipv4, ipv6, code, message, help }: Fields): boolean {
  if (code === undefined) return [ipv4, ipv6].every(Number.isInteger);
  return [code, message, help ?? ''].every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** A word of a record holds it. */
function isGeneration(value: unknown): boolean {
  return isCount(value, 0xffffffff);
}

function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function isOneOf(values: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && values.includes(value);
}
