/** What the main thread and the packet thread of a child say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../failure.js';
import type { Program } from '../engine/program.js';
import type { RawSockets } from '../reject/raw-socket.js';
import type { Carried } from '../state/rates.js';
import type { Counters } from './counters.js';
import type { Handling } from './messages.js';

/** What the packet thread is started with. */
export interface ThreadStart {
  readonly handling: Handling;
  /** The queue's socket. */
  readonly fd: number;
  /** On which orders come and answers go. */
  readonly port: MessagePort;
  /** One word that rises with every order: whoever does not wait for messages sees that there are some. */
  readonly bell: Int32Array<SharedArrayBuffer>;
  /** Where alerts are written (`ring.ts`), and what is counted. */
  readonly ring: SharedArrayBuffer;
  readonly counters: Counters;
}

/** Main thread → packet thread. */
export type ThreadOrder =
  | {
      readonly kind: 'prepare';
      readonly generation: number;
      readonly program: Program;
      /** Where its matches are counted. */
      readonly matches: Counters;
      /** How rejected packets are answered, where they can be. */
      readonly sockets: RawSockets | undefined;
    }
  | { readonly kind: 'use'; readonly generation: number; readonly carried: Carried }
  | { readonly kind: 'forget'; readonly generation: number }
  | { readonly kind: 'closed'; readonly by: Failure | undefined }
  | { readonly kind: 'stop' };

/** Packet thread → main thread. */
export type ThreadReport =
  | { readonly kind: 'prepared'; readonly generation: number }
  | { readonly kind: 'refused'; readonly generation: number; readonly reason: string }
  | { readonly kind: 'using'; readonly generation: number; readonly microseconds: number }
  /** The first fragment has come, and somebody should know. */
  | { readonly kind: 'fragments' }
  /** The queue cannot be read any more; it ends. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly help?: string }
  /** All is settled; it ends. */
  | { readonly kind: 'stopped' };
