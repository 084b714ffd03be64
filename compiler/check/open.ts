/**
 * Declarations that are being checked, each for the sake of the one before it. A constant may be equal to another one, that to a third,
 * and so on for as long as somebody likes; the stack is not as long. So what is too deep in it is put off: the chain is given up, what
 * was put off is checked from the bottom of the stack, and the chain again, which finds it known.
 */
import type { Declaration } from '../../grammar/ast.js';
import type { Declared } from './scope.js';

/** An expression may take a hundred times as much of the stack as a name. */
const MOST_NESTED = 20;

export interface Open {
  readonly has: (decl: Declaration) => boolean;
  /** In order: each is checked because the one before it asks for its value. */
  readonly all: () => readonly Declaration[];
  /** Checks a declaration, which is open meanwhile; `givenUp` puts back what a check that was given up has left behind. */
  readonly during: <T>(
    declared: Declared<Declaration>,
    check: (declared: Declared<Declaration>) => T,
    givenUp: () => void,
  ) => T;
}

/** Thrown through a check that is given up. */
class PutOff extends Error {
  readonly declared: Declared<Declaration>;
  constructor(declared: Declared<Declaration>) {
    super('put off');
    this.declared = declared;
  }
}

/** Nothing is being checked. */
export function nothingOpen(): Open {
  const order: Declaration[] = [];
  const members = new Set<Declaration>();
  /** How many wait for what is checked now from the bottom of the stack. */
  let below = 0;
  let isRunning = false;
  const cutTo = (length: number): void => {
    for (const decl of order.splice(length)) members.delete(decl);
  };
  const nested: Open['during'] = (declared, check) => {
    order.push(declared.decl);
    members.add(declared.decl);
    const found = check(declared);
    cutTo(order.length - 1);
    return found;
  };
  const fromBottom: Open['during'] = (declared, check, givenUp) => {
    const turns = [{ declared, below: 0 }];
    for (;;) {
      const turn = turns.at(-1) ?? { declared, below: 0 };
      below = turn.below;
      cutTo(below);
      try {
        const found = nested(turn.declared, check, givenUp);
        turns.pop();
        if (turns.length === 0) return found;
      } catch (cause) {
        givenUp();
        if (!(cause instanceof PutOff)) throw cause;
        turns.push({ declared: cause.declared, below: order.length });
      }
    }
  };
  return {
    has: (decl) => members.has(decl),
    all: () => order,
    during: (declared, check, givenUp) => {
      if (!isRunning) {
        isRunning = true;
        try {
          return fromBottom(declared, check, givenUp);
        } finally {
          isRunning = false;
          cutTo(0);
        }
      }
      if (order.length - below >= MOST_NESTED) throw new PutOff(declared);
      return nested(declared, check, givenUp);
    },
  };
}
