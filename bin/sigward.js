#!/usr/bin/env node
// The launcher: starts the built command line and sees to it that nobody ever gets a bare stack trace.
import { nodeTooOld } from './node-version.js';

const USAGE = 2;
/** EX_SOFTWARE of sysexits.h: the fault is the program's own. */
const INTERNAL = 70;
/** 128 + SIGPIPE, what a program that a closed pipe ends reports to the shell. */
const BROKEN_PIPE = 141;

/** @param {NodeJS.ErrnoException} error */
function outputFailed(error) {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') return void internalError(error);
  // The reader has gone (`| head`). Whoever has to put something back first (a queue, firewall rules) listens for SIGTERM.
  if (!process.emit('SIGTERM')) process.exit(BROKEN_PIPE);
}

/**
 * Ends the process when what was written to stdout has arrived.
 * @param {number} code
 */
function leave(code) {
  process.exitCode = code;
  if (process.stdout.writable) process.stdout.write('', () => process.exit(code));
  else process.exit(code);
}

/** @param {unknown} thrown */
function internalError(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  process.stderr.write(`sigward: internal error: ${error.message}\n`);
  process.stderr.write('This is a mistake in sigward: please report it with the command and its input.\n');
  if (process.env['SIGWARD_DEBUG'] === '1') process.stderr.write(`${String(error.stack)}\n`);
  leave(INTERNAL);
}

/**
 * @param {string} text
 * @param {number} code
 */
function refuse(text, code) {
  process.stderr.write(`sigward: ${text}\n`);
  process.exitCode = code;
}

/** @returns {Promise<{ main(argv: string[]): Promise<number> } | undefined>} undefined when it was not built or installed */
async function loadCommandLine() {
  try {
    return await import(new URL('../dist/cli/main.js', import.meta.url).href);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function launch() {
  const old = nodeTooOld(process.versions.node);
  if (old !== undefined) return void refuse(old, USAGE);
  const commandLine = await loadCommandLine();
  if (commandLine === undefined)
    return void refuse('not built, or not installed whole; run npm install, then `npm run build`', USAGE);
  const status = await commandLine.main(process.argv.slice(2));
  // Not left to the event loop: the npm package `nfqueue` has no way to be closed, and would keep it going for ever. A
  // turn of it is for what main has forgotten.
  setImmediate(() => leave(status));
}

// Node would open its debugger, on a port of this host, to whoever may signal this process.
process.on('SIGUSR1', () => undefined);
process.stdout.on('error', outputFailed);
process.stderr.on('error', () => undefined);
process.on('uncaughtException', internalError);
process.on('unhandledRejection', internalError);
launch().catch(internalError);
