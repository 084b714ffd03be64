/** `npm run bench`: every measurement, one after the other. Each can be started alone, `search.js` also for some rows only. */
import { searchBench } from './search.js';
import { treeBench } from './tree.js';

process.exitCode = await searchBench();
process.stdout.write('\n');
await treeBench();
