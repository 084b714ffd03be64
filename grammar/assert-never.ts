/** Closes a switch over a union: a kind that was forgotten is a type error. */
export function assertNever(value: never): never {
  throw new Error(`a kind of node was forgotten: ${JSON.stringify(value)}`);
}
