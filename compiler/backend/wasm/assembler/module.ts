/** A WebAssembly module put together: functions, one imported memory, global variables, data. */
import {
  type Callee,
  type Code,
  type Expression,
  type Label,
  signed,
  statement,
  type Statement,
  unsigned,
  type ValueType,
} from './code.js';
import { globalVariable, type Variable, variable } from './control.js';

type Params<P extends readonly ValueType[]> = { readonly [K in keyof P]: Variable<P[K]> };
type Result = ValueType | 'void';

/** A function that has a body. */
export interface Defined<R extends Result = Result> extends Callee {
  readonly result: R;
}

/** A function that gets its body later. */
export type Declared<P extends readonly ValueType[] = readonly ValueType[], R extends Result = Result> = Defined<R> & {
  define(body: Body<P>): void;
};

/** What a function's body may declare. */
export interface Locals {
  local: <T extends ValueType>(type: T) => Variable<T>;
}

type Body<P extends readonly ValueType[]> = (params: Params<P>, locals: Locals) => readonly (Statement | Expression)[];

export interface ModuleBuilder {
  /** Adds a function; the last thing in its body gives the result. */
  define<const P extends readonly ValueType[], R extends Result>(
    name: string,
    params: P,
    result: R,
    body: Body<P>,
  ): Defined<R>;
  /** A function that is defined later, so that two may call each other. */
  declare<const P extends readonly ValueType[], R extends Result>(name: string, params: P, result: R): Declared<P, R>;
  global: <T extends 'i32' | 'i64'>(type: T, initial: bigint) => Omit<Variable<T>, 'tee'>;
  /** Makes a function callable from outside under its name. */
  export: (callee: Callee) => void;
  /** The module's bytes. `pages` of 64 KiB are what the imported memory `env.memory` must have at least. */
  encode: (pages: number, data: readonly DataSegment[]) => Uint8Array<ArrayBuffer>;
}

/** Bytes that lie at an address when the module begins. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

interface FunctionEntry {
  readonly callee: Callee;
  locals: ValueType[];
  body: Code | undefined;
}

const TYPE_BYTES = { i32: 0x7f, i64: 0x7e, v128: 0x7b, void: 0x40 } as const;
const OPCODES = { block: 0x02, loop: 0x03, if: 0x04, br: 0x0c, br_if: 0x0d, br_table: 0x0e } as const;
const [ELSE, END, CALL] = [0x05, 0x0b, 0x10] as const;
const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00] as const;

/** An empty module. */
export function createModule(): ModuleBuilder {
  const functions: FunctionEntry[] = [];
  const globals: { readonly type: 'i32' | 'i64'; readonly initial: bigint }[] = [];
  const exported: Callee[] = [];

  const declare: ModuleBuilder['declare'] = (name, params, result) => {
    const callee = { name, params, result };
    const entry: FunctionEntry = { callee, locals: [], body: undefined };
    functions.push(entry);
    return Object.assign(callee, {
      define(body: Body<typeof params>) {
        const variables = params.map((type, i) => variable(type, i)) as unknown as Params<typeof params>;
        const local = <T extends ValueType>(type: T): Variable<T> =>
          variable(type, params.length + entry.locals.push(type) - 1);
        entry.body = body(variables, { local }).map((s) => s.code);
      },
    });
  };

  return {
    declare,
    define(name, params, result, body) {
      const callee = declare(name, params, result);
      callee.define(body);
      return callee;
    },
    global: (type, initial) => globalVariable(type, globals.push({ type, initial }) - 1),
    export: (callee) => void exported.push(callee),
    encode: (pages, data) => encode({ functions, globals, exported, pages, data }),
  };
}

interface Contents {
  readonly functions: readonly FunctionEntry[];
  readonly globals: readonly { readonly type: 'i32' | 'i64'; readonly initial: bigint }[];
  readonly exported: readonly Callee[];
  readonly pages: number;
  readonly data: readonly DataSegment[];
}

/** Sections in the order of the specification (5.5). */
function encode({ functions, globals, exported, pages, data }: Contents): Uint8Array<ArrayBuffer> {
  const types = new Map<string, number>();
  const typeOf = ({ params, result }: Callee): number => {
    const bytes = [
      0x60,
      ...vector(params.map((p) => [TYPE_BYTES[p]])),
      ...vector(result === 'void' ? [] : [[TYPE_BYTES[result]]]),
    ];
    const key = bytes.join();
    const index = types.get(key) ?? types.size;
    types.set(key, index);
    return index;
  };
  const indices = new Map(functions.map(({ callee }, i) => [callee, i]));
  const uses = functions.map(({ callee }) => unsigned(typeOf(callee)));
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(pages)];
  const initial = globals.map(({ type, initial: value }) => [
    TYPE_BYTES[type], 0x01, type === 'i32' ? 0x41 : 0x42, ...signed(value), END,
  ]); // prettier-ignore
  const names = exported.map((callee) => [...text(callee.name), 0x00, ...unsigned(indices.get(callee) ?? 0)]);
  const bodies = functions.map((entry) => bodyOf(entry, indices));
  return join([
    MAGIC_AND_VERSION,
    section(1, vector([...types.keys()].map((key) => key.split(',').map(Number)))),
    section(2, vector([memory])),
    section(3, vector(uses)),
    ...(globals.length > 0 ? [section(6, vector(initial))] : []),
    section(7, vector(names)),
    section(10, [...unsigned(bodies.length)], bodies),
    ...(data.length > 0 ? [section(11, [...unsigned(data.length)], data.map(segment))] : []),
    nameSection(functions),
  ]);
}

/** The functions' names, for profilers and stack traces (appendix "Name Section"). */
function nameSection(functions: readonly FunctionEntry[]): Uint8Array {
  const names = vector(functions.map(({ callee }, i) => [...unsigned(i), ...text(callee.name)]));
  return section(0, [...text('name'), 1, ...unsigned(names.length), ...names]);
}

type Chunk = readonly number[] | Uint8Array;

function section(id: number, head: readonly number[], rest: readonly Chunk[] = []): Uint8Array {
  const content = join([head, ...rest]);
  return join([[id, ...unsigned(content.length)], content]);
}

function segment({ address, bytes }: DataSegment): Uint8Array {
  return join([[0x00, 0x41, ...signed(BigInt(address)), END, ...unsigned(bytes.length)], bytes]);
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

/** A name in ASCII. */
function text(value: string): number[] {
  const bytes = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
  return [...unsigned(bytes.length), ...bytes];
}

function join(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, c) => sum + c.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function bodyOf({ callee, locals, body }: FunctionEntry, indices: ReadonlyMap<Callee, number>): Uint8Array {
  if (body === undefined) throw new Error(`function ${callee.name} has no body`);
  const declared = vector(locals.map((type) => [0x01, TYPE_BYTES[type]]));
  const bytes: number[] = [...declared];
  flatten(body, [], indices, bytes);
  bytes.push(END);
  return join([unsigned(bytes.length), bytes]);
}

/** Writes the bytes of code; `labels` are those around it, the innermost last. */
function flatten(code: Code, labels: readonly Label[], indices: ReadonlyMap<Callee, number>, bytes: number[]): void {
  if (typeof code === 'number') bytes.push(code);
  else if (!('kind' in code)) for (const part of code) flatten(part, labels, indices, bytes);
  else if (code.kind === 'call') bytes.push(CALL, ...unsigned(numberOf(code.callee, indices)));
  else if ('labels' in code) {
    const depths = code.labels.map((label) => unsigned(depthOf(label, labels)));
    bytes.push(OPCODES[code.kind], ...(code.kind === 'br_table' ? unsigned(depths.length - 1) : []), ...depths.flat());
  } else {
    const inside = [...labels, code.label];
    bytes.push(OPCODES[code.kind], TYPE_BYTES[code.result]);
    flatten(code.body, inside, indices, bytes);
    if (code.otherwise !== undefined) {
      bytes.push(ELSE);
      flatten(code.otherwise, inside, indices, bytes);
    }
    bytes.push(END);
  }
}

function numberOf(callee: Callee, indices: ReadonlyMap<Callee, number>): number {
  const index = indices.get(callee);
  if (index === undefined) throw new Error(`function ${callee.name} is of another module`);
  return index;
}

function depthOf(label: Label, labels: readonly Label[]): number {
  const index = labels.lastIndexOf(label);
  if (index < 0) throw new Error(`no block ${label.name} around this branch`);
  return labels.length - 1 - index;
}

/** Nothing to do. */
export const NOTHING: Statement = statement([]);
