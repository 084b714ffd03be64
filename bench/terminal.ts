/** Writes a line for people. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Says what is going on, where somebody is looking; nothing takes the line away. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}
