import { treeSearch } from './aho-corasick.js';
import { oneByOne } from './boyer-moore.js';
import type { SearchCandidate } from './candidate.js';
import { compiledSearch } from './webassembly.js';

/** Everything that is compared with Hyperscan, in the order of the tables' columns. */
export const CANDIDATES: readonly SearchCandidate[] = [oneByOne, treeSearch, compiledSearch];
