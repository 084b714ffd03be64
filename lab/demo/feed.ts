/** Follows the alert log of a running Sigward: what the table shows and what the report needs. */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Family } from './flow.js';

/** Matches of one signature, by the title that the log gives it. */
export interface SignatureRow {
  readonly title: string;
  matches: number;
  blocked: number;
}

/** What the log said so far. */
export interface Picture {
  packets: number;
  accepted: number;
  /** Dropped and rejected. */
  blocked: number;
  readonly signatures: Map<string, SignatureRow>;
  /** `ipv4 40001` → titles of the signatures that blocked packets from that port. */
  readonly blockers: Map<string, Set<string>>;
}

export function emptyPicture(): Picture {
  return { packets: 0, accepted: 0, blocked: 0, signatures: new Map(), blockers: new Map() };
}

export interface Feed {
  readonly picture: Picture;
  /** Reads what was added since the last time. */
  read(): void;
  close(): void;
}

/** Opens the log, which must be there. */
export function followLog(path: string): Feed {
  const fd = openSync(path, 'r');
  const chunk = Buffer.alloc(1 << 16);
  const picture = emptyPicture();
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    picture,
    read() {
      for (let size = readSync(fd, chunk); size > 0; size = readSync(fd, chunk)) {
        const lines = (rest + decoder.write(chunk.subarray(0, size))).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) addRecord(picture, JSON.parse(line) as EveRecord);
      }
    },
    close: () => closeSync(fd),
  };
}

/** The parts of the log that are used here. */
export type EveRecord =
  | {
      readonly event_type: 'alert';
      readonly src_ip?: string;
      readonly src_port?: number;
      readonly alert: { readonly action: 'allowed' | 'blocked'; readonly signature: string };
    }
  | {
      readonly event_type: 'stats';
      readonly stats: {
        readonly decoder: { readonly pkts: number };
        readonly ips: { readonly accepted: number; readonly blocked: number; readonly rejected: number };
      };
    };

/** Adds one line of the log to the picture. */
function addRecord(picture: Picture, record: EveRecord): void {
  if (record.event_type === 'stats') {
    const { decoder, ips } = record.stats;
    picture.packets = decoder.pkts;
    picture.accepted = ips.accepted;
    picture.blocked = ips.blocked + ips.rejected;
    return;
  }
  const { action, signature: title } = record.alert;
  const row = picture.signatures.get(title) ?? { title, matches: 0, blocked: 0 };
  picture.signatures.set(title, row);
  row.matches++;
  if (action !== 'blocked') return;
  row.blocked++;
  const key = sourceKey(record.src_ip?.includes(':') ? 'ipv6' : 'ipv4', record.src_port ?? 0);
  picture.blockers.set(key, (picture.blockers.get(key) ?? new Set()).add(title));
}

/** The key of `blockers`. */
export function sourceKey(family: Family, port: number): string {
  return `${family} ${port}`;
}
