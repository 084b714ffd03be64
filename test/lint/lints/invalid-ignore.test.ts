import { judges } from '../cases.js';

judges('invalid-ignore', {
  found: [
    ['tcp  // sigward-ignore flags-equal', '// sigward-ignore flags-equal'],
    ['tcp  // sigward-ignore flags-equal:', '// sigward-ignore flags-equal:'],
    ['tcp  // sigward-ignore', '// sigward-ignore'],
    ['tcp  // sigward-ignore flag-equal, segment_end: x', 'flag-equal', 'segment_end'],
  ],
  silent: [
    'tcp.flags == SYN  // sigward-ignore flags-equal: x',
    'tcp  // sigward ignores this',
    'tcp  // see sigward-ignore',
  ],
});
