/** Answers that are waited for, by name. */

export interface Promises {
  /** The number that comes under this name; rejects where it is broken off, or does not come in time. */
  expect(name: string, milliseconds: number): Promise<number>;
  keep(name: string, value: number): void;
  /** Whether anybody waited. */
  breakOff(name: string, reason: string): boolean;
  /** All whose names begin so. */
  breakOffAll(prefix: string, reason: string): void;
}

interface Waiting {
  readonly resolve: (value: number) => void;
  readonly reject: (cause: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export function createPromises(): Promises {
  const waiting = new Map<string, Waiting>();

  function take(name: string): Waiting | undefined {
    const one = waiting.get(name);
    if (one) clearTimeout(one.timer);
    waiting.delete(name);
    return one;
  }

  function breakOff(name: string, reason: string): boolean {
    const one = take(name);
    one?.reject(new Error(reason));
    return one !== undefined;
  }

  return {
    expect: (name, milliseconds) =>
      new Promise((resolve, reject) => {
        const late = `no answer within ${milliseconds / 1_000} s`;
        waiting.set(name, { resolve, reject, timer: setTimeout(() => breakOff(name, late), milliseconds) });
      }),
    keep: (name, value) => take(name)?.resolve(value),
    breakOff,
    breakOffAll(prefix, reason) {
      for (const name of [...waiting.keys()]) if (name.startsWith(prefix)) breakOff(name, reason);
    },
  };
}
