/** Error numbers of system calls: which pass by themselves, and what to say of the others. */
import os from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { Problem } from '../problem.js';
import { queueFailed } from './diagnostics.js';

/** Whether the next call may well succeed. `errno` is positive, here and below. */
export function isPassing(errno: number): boolean {
  const { EAGAIN, EINTR, ENOBUFS, ENOMEM } = os.constants.errno;
  return [EAGAIN, EINTR, ENOBUFS, ENOMEM].includes(errno);
}

/** A failed call as a problem; `doing` names what was tried: `sending verdicts`. */
export function failure(queue: number, doing: string, errno: number): Problem {
  return Problem.of(queueFailed, { queue, doing, reason: errnoText(errno) });
}

/** The system's words for an error number: `operation not permitted (EPERM)`. */
export function errnoText(errno: number): string {
  const [name, text] = getSystemErrorMap().get(-errno) ?? [`errno ${errno}`, 'unknown error'];
  return `${text} (${name})`;
}
