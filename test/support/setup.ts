/** Runs before every test file. fast-check prints the seed and the path of what it found by itself. */
import fc from 'fast-check';
import { runs } from './runs.js';

fc.configureGlobal({ numRuns: runs(100) });
