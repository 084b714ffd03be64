/** A way of running a ruleset's conditions. Every one is held against the interpreter, which is the meaning. */
import type { RawPacket, Stack } from './interpreter/stack.js';

export interface Evaluator {
  /** What the packet's headers say. Never throws, whatever the bytes. */
  readonly decode: (packet: RawPacket) => Stack;
  /**
   * Indices into `ruleset.signatures`, ascending: those that are reached and match. Of a packet that the policy in force does not
   * cover it is one index, that behind the last signature.
   */
  readonly matching: (stack: Stack) => readonly number[];
}
