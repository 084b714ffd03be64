/**
 * What the machine can do. A program decides one formula: words of 32 bits, an operation and its operands. Targets are bytes from the
 * beginning of the program. Values are integers of 64 bits on a stack; where one is missing, the machine goes to what `Miss` said last.
 */
export const OPERATIONS = [
  /** The formula holds, or does not: the end. */
  'Hold',
  'Fail',
  /** target, depth: where to go where a value is missing, and how many values stand on the stack there. */
  'Miss',
  /** target */
  'Jump',
  /** low word, high word */
  'Constant',
  /** cell, byte offset, bit offset, width: an integer of a header or entry that begins where the cell says. */
  'Field',
  /** cell of the header, place of the value (whether, and 8 bytes behind it the value) */
  'Last',
  /** bytes */
  'Length',
  /** name */
  'Occurrence',
  /** bytes, size, whether the least significant byte comes first, whether the position is a constant; pops the position. */
  'Read',
  /** bytes, most, base, whether the position is a constant; pops the position. */
  'Digits',
  'Negate',
  'Add',
  'Subtract',
  'Multiply',
  'Divide',
  'Remainder',
  'And',
  'Or',
  'Xor',
  'ShiftLeft',
  'ShiftRight',
  /** which comparison, target if it holds, target if not; pops two. */
  'Compare',
  /** ranges, how many, target if it is in them, target if not; pops one. */
  'Member',
  /** cell, byte offset, family: an address of IPv4 (4) or IPv6 (6) into the address register. */
  'Address',
  /** pops an integer into the address register, as an address of no family. */
  'AddressOfInteger',
  /** family, then the 128 bits from the lowest word on */
  'AddressConstant',
  /** Keeps the address register for the comparison with the next one. */
  'KeepAddress',
  /** target if both are the same, target if not */
  'SameAddress',
  /** set, target if it is in it, target if not */
  'AddressMember',
  /** word in memory, target if it is not 0, target if it is */
  'Set',
  /** number of a part that conditions share, target if it holds, target if not; no value stands on the stack. */
  'Switch',
  /** bytes, target if they are there, target if not */
  'HasBytes',
  /** literal, bytes, target if it stands there, target if not, target if there are no bytes */
  'Contains',
  /**
   * list, content, literal, bytes, target if there is an occurrence, target if none, target if there are no bytes: lists all, unless
   * this content is in the list since earlier in the run.
   */
  'Collect',
  /** list, target for the first occurrence, target where there is none to be tried: none at all, or all were tried in this run. */
  'Begin',
  /** list, target for the next occurrence: the one that was tried stays in the list. */
  'Keep',
  /** list, target for the next occurrence: the one that was tried goes. */
  'Discard',
  /** list, target if anything is in it, target if not */
  'Any',
  /** list, literal's length, bytes, target if one begins where it must, target if not; pops the window's last and first position. */
  'Among',
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** The comparisons in the order of their numbers. */
export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;
