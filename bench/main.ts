/** `npm run bench`: every measurement, one after the other. Each can be started alone, `search.js` also for some rows only. */
import { engineBench } from './engine.js';
import { searchBench } from './search.js';
import { treeBench } from './tree.js';

process.exitCode = await searchBench();
process.stdout.write('\n');
await engineBench();
process.stdout.write('\n');
await treeBench();
