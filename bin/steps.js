// Running a tool and saying what is going on meanwhile. Node only: it is used before packages are installed.
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {boolean} ok whether the tool ran and exited with status 0
 * @property {string} output what it wrote, stdout and stderr as they came; empty where they were inherited
 */

/**
 * Runs a tool without stdin and without a shell.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean }} [options] `show` hands the terminal to the tool
 * @returns {Promise<Outcome>} never rejects: a tool that cannot be started is an outcome
 */
export function run(command, args, { cwd, env = {}, show = false } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', stdio, stdio] });
    let output = '';
    const keep = (/** @type {string} */ text) => void (output += text);
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ ok: false, output: `${output}${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * The beginning and the end of a tool's output: npm gives the reason first and its manual after it, others the reason last.
 * @param {string} output
 * @param {number} [lines] at most so many of each
 */
export function excerpt(output, lines = 20) {
  const all = output.trimEnd().split('\n');
  if (all.length <= 2 * lines) return all.join('\n');
  return [...all.slice(0, lines), '[...]', ...all.slice(-lines)].join('\n');
}

/**
 * How long something took, for people.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  return milliseconds < 9950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 1000)} s`;
}

/**
 * Shows `title ... ` while `work` runs and how it ended after it; a spinner turns only on a terminal.
 * @template {{ ok: boolean }} T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now();
  process.stdout.write(`${title} ... `);
  const stop = spin();
  try {
    const outcome = await work();
    stop();
    process.stdout.write(`${outcome.ok ? 'done' : 'failed'} (${seconds(Date.now() - started)})\n`);
    return outcome;
  } finally {
    stop();
  }
}

/** Turns a spinner where the cursor stands; the function it gives stops it and may be called again. */
function spin() {
  if (!process.stdout.isTTY) return () => undefined;
  let turn = 0;
  const timer = setInterval(() => process.stdout.write(`${'|/-\\'[turn++ % 4]}\b`), 120);
  return () => {
    clearInterval(timer);
    process.stdout.write(' \b');
  };
}
