#!/usr/bin/env node
// Makes a fresh clone ready: `npm start` and `npm test` run it first, before anything is installed. The version is looked
// at before the rest is even parsed, because an old Node would answer the rest with a syntax error.
import { nodeTooOld } from './node-version.js';

const old = nodeTooOld(process.versions.node);
if (old !== undefined) {
  process.stderr.write(old + '\n');
  process.exitCode = 1;
} else {
  void import('./setup.js').then((setup) => setup.prepare());
}
