/** `npm run bench`: every measurement, one after the other. Each can be started alone, `search.js` also for some rows only. */
import { compileBench } from './compile.js';
import { engineBench } from './engine.js';
import { figure4Bench } from './figure4.js';
import { searchBench } from './search.js';
import { say } from './terminal.js';
import { treeBench } from './tree.js';

const statuses = [await searchBench()];
say('');
statuses.push(await engineBench());
say('');
await figure4Bench();
say('');
await treeBench();
say('');
await compileBench();
process.exitCode = Math.max(...statuses);
