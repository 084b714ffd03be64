/** Words of a program, with targets that are known later. */
import { type Operation, OPERATIONS } from './operations.js';

/** A place in the program. */
export interface Target {
  at: number | undefined;
  /** Values that stand on the stack there. */
  readonly depth: number;
}

export interface ProgramWriter {
  emit(operation: Operation, ...operands: (number | Target)[]): void;
  place(target: Target): void;
  /** The program's bytes. */
  finish(): Uint8Array;
}

/** A place that is not known yet. */
export function target(depth = 0): Target {
  return { at: undefined, depth };
}

/** An empty program. */
export function programWriter(): ProgramWriter {
  const words: (number | Target)[] = [];
  return {
    emit(operation, ...operands) {
      words.push(OPERATIONS.indexOf(operation), ...operands);
    },
    place: (to) => void (to.at = words.length * 4),
    finish() {
      const bytes = new Uint8Array(words.length * 4);
      const view = new DataView(bytes.buffer);
      words.forEach((word, i) => {
        view.setInt32(i * 4, valueOf(word), true);
      });
      return bytes;
    },
  };
}

function valueOf(word: number | Target): number {
  if (typeof word === 'number') return word | 0;
  if (word.at === undefined) throw new Error('a target without a place');
  return word.at;
}
