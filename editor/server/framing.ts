/**
 * Keeps what is no message away from the reader of messages. That one waits for the end of headers however long they are, and for
 * as many bytes as a header says, so garbage would grow its memory without end. Where the stream is no longer one of messages
 * there is no way back into step: it is ended.
 */
import { Transform, type TransformCallback } from 'node:stream';

/** The headers of the protocol are two short lines. */
const MOST_HEADER_BYTES = 4096;
/** Ten times the largest ruleset that the editor's times are promised for. */
const MOST_BODY_BYTES = 128 * 1024 * 1024;

const END = Buffer.from('\r\n\r\n');

/** Passes messages on; `refused` is told once why the rest is not read. */
export function framing(refused: (why: string) => void): Transform {
  let header = Buffer.alloc(0);
  let left = 0;
  let isOver = false;
  const refuse = (why: string): void => {
    isOver = true;
    refused(why);
  };
  const pass = (stream: Transform, chunk: Buffer): void => {
    let at = 0;
    while (at < chunk.length && !isOver) {
      if (left > 0) {
        const body = chunk.subarray(at, at + left);
        left -= body.length;
        at += body.length;
        stream.push(body);
        continue;
      }
      const before = header.length;
      header = Buffer.concat([header, chunk.subarray(at, at + MOST_HEADER_BYTES)]);
      const end = header.indexOf(END);
      if (end < 0 && header.length >= MOST_HEADER_BYTES) return void refuse('there is no header of a message');
      at += (end < 0 ? header.length : end + END.length) - before;
      if (end < 0) continue;
      const whole = header.subarray(0, end + END.length);
      const length = lengthIn(whole.toString('latin1'));
      if (length === undefined) return void refuse('a message does not say its length');
      if (length > MOST_BODY_BYTES) return void refuse(`a message of ${length} bytes is too large`);
      stream.push(whole);
      [header, left] = [Buffer.alloc(0), length];
    }
  };
  return new Transform({
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
      pass(this, chunk);
      done();
    },
  });
}

/** What `Content-Length` says; nothing where it is lacking, or the lines are no headers. */
function lengthIn(header: string): number | undefined {
  const lines = header.split('\r\n').filter((line) => line !== '');
  if (!lines.every((line) => /^[\w-]+:/.test(line))) return undefined;
  const digits = lines.map((line) => /^content-length:[ \t]*(\d{1,15})[ \t]*$/i.exec(line)?.[1]).find((found) => found);
  return digits === undefined ? undefined : Number(digits);
}
