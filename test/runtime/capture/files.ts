/** Captures in a temporary folder, and reading them whole. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import { type Capture, openCapture } from '../../../runtime/capture/open.js';
import type { Packet } from '../../../runtime/packet.js';
import { Problem } from '../../../runtime/problem.js';

/** A folder of the test file's own, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-capture-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Reading {
  readonly packets: readonly Packet[];
  readonly problems: readonly Diagnostic[];
}

/** Every packet, copied, and what was wrong. */
export async function readAll(capture: Capture): Promise<Reading> {
  const packets: Packet[] = [];
  for (let batch = await capture.receive(); batch !== undefined; batch = await capture.receive()) {
    for (const packet of batch) packets.push({ ...packet, bytes: packet.bytes.slice() });
  }
  capture.close();
  return { packets, problems: capture.problems() };
}

/** Writes the bytes to a file and reads them as a capture. */
export async function readBytes(folder: string, bytes: Uint8Array): Promise<Reading> {
  const path = join(folder, 'test.pcap');
  writeFileSync(path, bytes);
  return readAll(openCapture(path));
}

/** The code of the problem that the action throws; anything else that it throws goes on. */
export async function problemOf(action: () => unknown): Promise<Diagnostic | undefined> {
  try {
    await action();
    return undefined;
  } catch (cause) {
    if (cause instanceof Problem) return cause.diagnostic;
    throw cause;
  }
}
