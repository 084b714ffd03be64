/** Opening a capture: which format it is, and the driver that reads it. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { type Diagnostic, type DiagnosticKind, report } from '../../grammar/diagnostic.js';
import type { Driver } from '../driver.js';
import { createBatch, type PacketBatch } from '../packet-batch.js';
import { Problem } from '../problem.js';
import {
  captureCorrupt,
  captureForbidden,
  captureIsDirectory,
  captureMissing,
  captureReadFailed,
  captureTruncated,
  captureUnreadable,
} from './diagnostics.js';
import type { Fault, Need, Step } from './format.js';
import { byteSource, type ByteSource, fileFeed, pipeFeed } from './reader.js';
import { MAGIC_BYTES, sniff } from './sniff.js';

/** Read ahead, and room for the longest record; what an engine has is as much at least. */
const BUFFER_BYTES = 1 << 20;

/** A capture as a driver. `receive` gives a batch that the next call overwrites; `settle` has no effect. */
export interface Capture extends Driver {
  /** What kept the capture from being read to its end; complete once `receive` has given `undefined`. */
  problems(): readonly Diagnostic[];
}

/**
 * Opens a pcap or pcapng file, or standard input for `-`. It is read through the first MiB of the room of `batch`, whatever its size.
 *
 * @throws Problem (E1101 to E1108) if it cannot be opened or is no capture; for a pipe, whose first bytes must be waited
 * for, `receive` rejects with the same.
 */
export function openCapture(path: string, batch: PacketBatch = createBatch(BUFFER_BYTES)): Capture {
  const name = path === '-' ? 'standard input' : path;
  const source = openSource(path, name, batch);
  let step: Step | undefined;
  try {
    if (source.fillNow !== undefined) {
      source.fillNow(MAGIC_BYTES);
      step = sniff(source, name);
    }
  } catch (cause) {
    source.close();
    throw openingProblem(cause, name);
  }
  return captureOf(source, name, batch, step);
}

function openSource(path: string, name: string, { room }: PacketBatch): ByteSource {
  let fd = 0;
  try {
    if (path !== '-') fd = openSync(path, 'r');
    const stat = fstatSync(fd);
    if (stat.isDirectory()) throw Problem.of(captureIsDirectory, { name });
    const waits = stat.isFIFO() || stat.isSocket() || isatty(fd);
    return byteSource(waits ? pipeFeed(fd) : fileFeed(fd), room.subarray(0, BUFFER_BYTES));
  } catch (cause) {
    if (fd !== 0) closeSync(fd);
    throw openingProblem(cause, name);
  }
}

/** What is wrong, for the codes that a user can do something about. */
const OPENING_PROBLEMS: Readonly<Record<string, DiagnosticKind<{ name: string }>>> = {
  ENOENT: captureMissing,
  ENOTDIR: captureMissing,
  EISDIR: captureIsDirectory,
  EACCES: captureForbidden,
  EPERM: captureForbidden,
};

function openingProblem(cause: unknown, name: string): Problem {
  if (cause instanceof Problem) return cause;
  const reason = errorCode(cause);
  const kind = OPENING_PROBLEMS[reason];
  return kind ? Problem.of(kind, { name }) : Problem.of(captureUnreadable, { name, reason });
}

/** The code of a system error; anything else is a fault of this program and goes on its way. */
function errorCode(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  throw cause;
}

function captureOf(source: ByteSource, name: string, batch: PacketBatch, sniffed: Step | undefined): Capture {
  const problems: Diagnostic[] = [];
  let step = sniffed;
  let packets = 0;
  let ended = false;

  function end(problem?: Diagnostic): void {
    ended = true;
    source.close();
    if (problem) problems.push(problem);
  }

  function endAtFault({ offset, what }: Fault): void {
    end(report(captureCorrupt, { name, offset, packets, what }));
  }

  /** The file has ended: well, if it ends between two records. */
  function endAtEnd({ start, unit }: Need): void {
    const offset = source.received;
    end(offset === start ? undefined : report(captureTruncated, { name, offset, packets, start, unit }));
  }

  /** Reads on; a read that fails ends the capture like a fault in it. */
  async function more(wanted: Need): Promise<void> {
    try {
      if (!(await source.fill(wanted.bytes))) endAtEnd(wanted);
    } catch (cause) {
      // A pipe that was closed while bytes were waited for fails, too; that was asked for.
      if (!ended) end(report(captureReadFailed, { name, offset: source.received, packets, reason: errorCode(cause) }));
    }
  }

  async function first(): Promise<Step | undefined> {
    try {
      await source.fill(MAGIC_BYTES);
      return sniff(source, name);
    } catch (cause) {
      if (ended) return undefined;
      end();
      throw openingProblem(cause, name);
    }
  }

  async function receive(): Promise<PacketBatch | undefined> {
    batch.clear();
    if (!ended) step ??= await first();
    while (step !== undefined && !ended && batch.length < batch.most) {
      const result = step(source, batch);
      if (result === undefined) continue;
      // What stops the step waits for the next call: filling would move the bytes under this batch.
      if (batch.length > 0) break;
      if (result.kind === 'need') await more(result);
      else endAtFault(result);
    }
    packets += batch.length;
    return batch.length > 0 ? batch : undefined;
  }

  return {
    receive,
    settle: () => undefined,
    problems: () => problems,
    close: () => {
      if (!ended) end();
    },
  };
}
