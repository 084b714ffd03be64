import { judges } from '../cases.js';

judges('unused-ignore', {
  found: [
    ['tcp  // sigward-ignore flags-equal: x', 'flags-equal'],
    ['tcp.flags == SYN  // sigward-ignore flags-equal, segment-end: x', 'segment-end'],
  ],
  silent: [
    'tcp.flags == SYN  // sigward-ignore flags-equal: x',
    'tcp  // sigward-ignore nothing: x',
    'tcp  // sigward-ignore flags-equal',
    // It is off, so nobody knows.
    'tcp  // sigward-ignore split-payload: x',
  ],
});
