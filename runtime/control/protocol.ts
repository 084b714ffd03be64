/** What is said on the control socket: a JSON object a line, requests in and answers out (`docs/control.md`). */
import { z } from 'zod';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { fitting } from './fitting.js';

/** Bytes of a line with its line feed: an answer may name thousands of signatures, a request has a few words. */
export const MOST_LINE_BYTES = 1 << 20;

/** What the client calls a request; the answer has it again. */
const id = z.union([z.string().max(64), z.int()]).optional();

/** A module or a path: one line of text, and nothing that a terminal would act upon. */
const name = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\p{Cc}]+$/u, 'a name has no control characters');

/** Whether diagnostics come in colour. */
const colour = z.boolean().optional();

const requests = z.discriminatedUnion('do', [
  z.strictObject({ id, do: z.literal('status') }),
  z.strictObject({ id, do: z.literal('modules') }),
  z.strictObject({ id, do: z.literal('stats') }),
  z.strictObject({ id, do: z.literal('load'), what: name, colour }),
  z.strictObject({ id, do: z.literal('exchange'), what: name, with: name.optional(), colour }),
  z.strictObject({ id, do: z.literal('remove'), what: name, colour }),
  z.strictObject({ id, do: z.literal('policy'), name: name.nullable(), colour }),
  z.strictObject({ id, do: z.literal('reload'), colour }),
]);

export type Request = z.infer<typeof requests>;

/** What changes what is running. */
export type Order = Extract<Request, { readonly do: 'load' | 'exchange' | 'remove' | 'policy' | 'reload' }>;

/** Whether it changes something. */
export function isOrder(request: Request): request is Order {
  return request.do !== 'status' && request.do !== 'modules' && request.do !== 'stats';
}

export type Id = string | number | null;

/** A request, or why the line is none. `id` is what could be made out. */
export type Reading =
  | { readonly kind: 'request'; readonly id: Id; readonly request: Request }
  | { readonly kind: 'none'; readonly id: Id; readonly why: string };

/** Reads a line that anybody may have written. */
export function readRequest(line: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'none', id: null, why: 'it is not JSON' };
  }
  const { success, data, error } = requests.safeParse(value);
  if (success) return { kind: 'request', id: data.id ?? null, request: data };
  return { kind: 'none', id: idOf(value), why: complaint(value, error.issues) };
}

function idOf(value: unknown): Id {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const read = id.safeParse(value.id);
  return read.success ? (read.data ?? null) : null;
}

/** The verbs, for sentences. */
const VERBS = requests.options.map((option) => option.shape.do.value);

/** In our own words: zod's tell of types that the client never heard of. */
function complaint(value: unknown, issues: readonly z.core.$ZodIssue[]): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  if (!('do' in value)) return '`do` is missing';
  const [issue] = issues;
  if (!issue || issue.path[0] === 'do') return `\`do\` is none of ${VERBS.join(', ')}`;
  if (issue.code === 'unrecognized_keys') return `\`${shown(issue.keys[0] ?? '')}\` has no meaning here`;
  const key = String(issue.path[0] ?? '');
  return key in value ? `\`${key}\` has a value that it cannot have` : `\`${key}\` is missing`;
}

function shown(key: string): string {
  return key.length > 40 ? `${key.slice(0, 40)}…` : key;
}

/** What came of a request. */
export type Outcome =
  | { readonly ok: true; readonly result: object }
  | {
      readonly ok: false;
      readonly diagnostic: Diagnostic;
      /** What the compiler found, as data and as text. */
      readonly findings?: Findings;
    };

/** Diagnostics as data and with code frames. */
export interface Findings {
  readonly diagnostics: readonly object[];
  readonly text: string;
}

/** The line that answers a request. */
export function answerLine(id: Id, outcome: Outcome): string {
  if (outcome.ok) return line({ id, ok: true, ...outcome.result });
  const { code, message, help } = outcome.diagnostic;
  return line({ id, ok: false, code, message, ...(help !== undefined && { help }), ...outcome.findings });
}

/** The line that says how far a long order is. */
export function progressLine(id: Id, progress: string): string {
  return line({ id, progress });
}

function line(value: object): string {
  return `${JSON.stringify(fitting(value, MOST_LINE_BYTES - 1))}\n`;
}
