/** Alerts as lines of EVE, from what the packet thread has recorded. */
import { eveRecord } from '../output/eve.js';
import { isBlocking } from '../output/tally.js';
import { readRecord } from './alert-record.js';
import type { Generation } from './generation.js';
import { ringReader } from './ring.js';

/** Text that is made in one go: the channel takes it in one message. */
const CHUNK_UNITS = 1 << 18;

/** How lines are made. */
export interface AlertOptions {
  readonly packets: boolean;
  readonly dryRun: boolean;
}

export interface AlertReader {
  /** The lines of what was recorded last, each with its line feed, about so much as one message carries; empty where there is nothing. */
  lines(): string;
}

/** Reads a ring; `generationOf` knows every ruleset by which packets were judged whose records may still be there. */
export function alertReader(
  ring: SharedArrayBuffer,
  { packets, dryRun }: AlertOptions,
  generationOf: (number: number) => Generation | undefined,
): AlertReader {
  const reader = ringReader(ring);
  const textOf = (record: ReturnType<typeof readRecord>): string => {
    const { verdict, packet } = record;
    const generation = generationOf(record.generation);
    if (!generation) return '';
    const blocks = isBlocking(verdict);
    const shared = {
      ...{ endpoints: generation.endpoints(packet), time: packet.time },
      ...{ ruleset: generation.hash, policy: generation.policy },
      blocked: blocks && !dryRun,
      ...(dryRun && blocks && { wouldBe: verdict }),
      ...(packets && { packet }),
    };
    const lines = record.signatures.map((index) => {
      const signature = generation.signatures[index];
      if (!signature) return '';
      const module = signature.module === undefined ? undefined : generation.modules[signature.module]?.name;
      return `${eveRecord({ signature, module, ...shared })}\n`;
    });
    return lines.join('');
  };
  return {
    lines() {
      let text = '';
      while (text.length < CHUNK_UNITS) {
        const bytes = reader.read();
        if (!bytes) break;
        text += textOf(readRecord(bytes));
      }
      return text;
    },
  };
}
