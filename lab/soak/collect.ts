/** Loaded into every process of sigward before anything else (`--import`): has memory show what is kept, within minutes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const EVERY_MILLISECONDS = 5_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
// A thread of packets never goes back to its event loop.
if (isMainThread) setInterval(collect, EVERY_MILLISECONDS).unref();
// Optimised code comes bit by bit. Of 6,000 exchanges the first 100 left the compiler with a heap of 27.3 MB, 2,500 with 32.5 and all with 32.9; without
// such code it is 24.3 MB behind 200 as behind 600, and what an exchange leaves behind is seen. What judges packets has it, and soon.
if (!process.argv[1]?.includes('packets')) setFlagsFromString('--no-opt');
