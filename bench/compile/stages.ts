/** The stages of compiling a ruleset, each timed once: a program, so that nothing is warm that is not for somebody who compiles. */
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import { buildTree } from '../../compiler/tree/build.js';
import { loadRules } from '../../cli/load.js';
import { compiledEngine } from '../../runtime/engine/compiled.js';
import { isStarted } from '../alone.js';
import { timed } from '../measure.js';

export interface Stages {
  readonly signatures: number;
  /** Reading, parsing and checking. */
  readonly checkSeconds: number;
  readonly treeSeconds: number;
  /** The module, for which the tree is built once more. */
  readonly moduleSeconds: number;
  /** Starting the module, as `sigward run` does with an artefact. */
  readonly startSeconds: number;
  readonly codeBytes: number;
  /** The module's memory, without the room for packets. */
  readonly engineBytes: number;
}

/** Compiles the rules at a path, in this process. */
export function stagesOf(path: string): Stages {
  const [{ ruleset }, checkSeconds] = timed(() => loadRules([path]));
  const [, treeSeconds] = timed(() => buildTree(link(ruleset)));
  const [code, moduleSeconds] = timed(() => compileModule(link(ruleset)));
  const signatures = ruleset.signatures.length;
  const [{ batch }, startSeconds] = timed(() => compiledEngine(ruleset, code));
  const sizes = { codeBytes: code.length, engineBytes: batch.memory.length - batch.room.length };
  return { signatures, checkSeconds, treeSeconds, moduleSeconds, startSeconds, ...sizes };
}

const [, , path] = process.argv;
if (isStarted(import.meta.url) && path !== undefined) process.stdout.write(JSON.stringify(stagesOf(path)));
