/** Hyperscan in a process of its own, which waits while others are measured. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { BenchLiteral, Payloads } from '../search/candidate.js';

/** A set of literals that Hyperscan has compiled. */
export interface Hyperscan {
  /** What it says of its database: version, instruction set, mode. */
  readonly info: string;
  readonly compileSeconds: number;
  readonly databaseBytes: number;
  readonly load: (payloads: Payloads) => Promise<void>;
  /** Searches the payloads so many times and only counts; seconds of all passes, matches of one. */
  readonly run: (times: number) => Promise<{ readonly seconds: number; readonly matches: number }>;
  readonly checksum: () => Promise<{ readonly matches: number; readonly checksum: number }>;
  readonly close: () => void;
}

type Answer = Readonly<Record<string, number | string>>;

/**
 * Starts the program that `buildHyperscan` made; its input is written to `folder`.
 *
 * @throws Error with what the program says, also from each of its functions
 */
export async function startHyperscan(
  program: string,
  folder: string,
  literals: readonly BenchLiteral[],
): Promise<Hyperscan> {
  writeFileSync(join(folder, 'literals'), packedLiterals(literals));
  const child = spawn(program, ['literals'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const next = answers(child);
  const ask = (line: string): Promise<Answer> => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  const greeting = await next();
  return {
    info: String(greeting['info']),
    compileSeconds: Number(greeting['compileSeconds']),
    databaseBytes: Number(greeting['databaseBytes']),
    load: async (payloads) => {
      writePayloads(folder, payloads);
      await ask('load payloads');
    },
    run: async (times) => figures(await ask(`run ${times}`), 'seconds', 'matches'),
    checksum: async () => figures(await ask('checksum'), 'matches', 'checksum'),
    close: () => void child.stdin.end(),
  };
}

function figures<Name extends string>(answer: Answer, ...names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, Number(answer[name])])) as Record<Name, number>;
}

/** Gives the next line of the program's output; one question at a time is open. */
function answers(child: ChildProcessByStdio<Writable, Readable, Readable>): () => Promise<Answer> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  // Writing to a program that has ended fails; that it has ended is told by the answer that does not come.
  child.stdin.on('error', () => undefined);
  child.on('error', (cause) => (complaint += cause.message));
  // Its last words may come after the end of its output.
  const ended = new Promise((resolve) => child.once('close', resolve));
  return async () => {
    const line = await lines.next();
    if (line.done) await ended;
    if (line.done) throw new Error(`Hyperscan has ended: ${complaint.trim()}`);
    return JSON.parse(line.value) as Answer;
  };
}

function packedLiterals(literals: readonly BenchLiteral[]): Buffer {
  return Buffer.concat(
    literals.flatMap(({ bytes, nocase }) => [
      littleEndian(Uint32Array.of(nocase ? 1 : 0, bytes.length)),
      Buffer.from(bytes),
    ]),
  );
}

function writePayloads(folder: string, { bytes, lengths }: Payloads): void {
  writeFileSync(join(folder, 'payloads.bytes'), bytes);
  writeFileSync(join(folder, 'payloads.lengths'), littleEndian(lengths));
}

function littleEndian(numbers: Uint32Array): Buffer {
  const packed = Buffer.alloc(numbers.length * 4);
  numbers.forEach((value, index) => packed.writeUInt32LE(value, index * 4));
  return packed;
}
