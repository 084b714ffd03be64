/** Where measurements are kept: `bench/results/`, which git ignores, each file named by what it shows. */
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../cli/paths.js';

const FOLDER = join('bench', 'results');

/** Writes one file; its path from the package's root. */
export function keep(name: string, text: string): string {
  mkdirSync(join(packageRoot, FOLDER), { recursive: true });
  writeFileSync(join(packageRoot, FOLDER, name), text);
  return join(FOLDER, name);
}

/** Writes figures as JSON, with the machine they are of: seconds mean nothing without it. */
export function keepFigures(name: string, figures: object): string {
  const machine = { processor: os.cpus()[0]?.model ?? '', cores: os.cpus().length, node: process.version };
  return keep(`${name}.json`, `${JSON.stringify({ machine, ...figures }, undefined, 2)}\n`);
}
