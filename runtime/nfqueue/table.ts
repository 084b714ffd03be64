/**
 * Where the rules stand that lead packets into queues. What a queue accepts goes on at the next table, past all other rules of this one (the kernel's
 * `nf_reinject`): from here it is `filter`, so that a router's own firewall still has its say. In `filter` nobody would ask it any more.
 */
export const DIVERSION_TABLE = 'mangle';
