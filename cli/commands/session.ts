/** What judging a capture and judging a queue have in common: counting, and writing alerts. */
import type { Ruleset } from '../../compiler/ruleset.js';
import type { Engine, Judgement } from '../../runtime/engine/engine.js';
import { eveRecord } from '../../runtime/output/eve.js';
import type { EveLog } from '../../runtime/output/eve-log.js';
import { count, countUnjudged, createTally, isBlocking, type Tally } from '../../runtime/output/tally.js';
import type { PacketBatch } from '../../runtime/packet-batch.js';

export interface Session {
  readonly ruleset: Ruleset;
  /** What alerts call the ruleset. */
  readonly hash: () => string;
  readonly engine: Engine;
  /** Where alerts go: a path, or `-` for standard output. */
  readonly eve: string | undefined;
  /** Whether an alert carries its packet. */
  readonly evePacket: boolean;
}

/** Counts and logs what the engine says, packet by packet. */
export interface Recorder {
  readonly tally: Tally;
  /** What was said of packet `index` of the batch. `numbered`: packets have a number in their capture. */
  record(batch: PacketBatch, index: number, judgement: Judgement, numbered: boolean): void;
  /** Counts packet `index` of the batch, of which nothing can be said. */
  skip(batch: PacketBatch, index: number): void;
  /** Writes a line to the alert log, if there is one. */
  note(line: string): void;
  flush(): void;
  close(): void;
  /** Whether whoever read the alerts has gone. */
  readonly ended: boolean;
}

/** A recorder that writes to `log`, if there is one; what the log throws comes through. */
export function recorder({ ruleset, hash: hashOf, engine, evePacket }: Session, log: EveLog | undefined): Recorder {
  const hash = log ? hashOf() : '';
  const moduleOf = (index: number): string | undefined => {
    const module = ruleset.signatures[index]?.module;
    return module === undefined ? undefined : ruleset.modules[module]?.name;
  };
  const tally = createTally(ruleset.signatures.length, moduleOf);
  return {
    tally,
    record(batch, index, judgement, numbered) {
      count(tally, batch.captured(index), judgement);
      if (!log || judgement.alerts.length === 0) return;
      const packet = batch.packet(index);
      const endpoints = engine.endpoints(packet);
      const blocked = isBlocking(judgement.verdict);
      const shared = {
        ...{ endpoints, time: packet.time, blocked, ruleset: hash, policy: ruleset.policy?.name },
        ...(numbered && { packetNumber: tally.packets }),
        ...(evePacket && { packet }),
      };
      for (const at of judgement.alerts) {
        const signature = ruleset.signatures[at];
        if (signature) log.write(eveRecord({ signature, module: moduleOf(at), ...shared }));
      }
    },
    skip: (batch, index) => countUnjudged(tally, batch.captured(index)),
    note: (line) => log?.write(line),
    flush: () => log?.flush(),
    close: () => log?.close(),
    get ended() {
      return log?.ended === true;
    },
  };
}
