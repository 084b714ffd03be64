import { judges } from '../cases.js';

judges('pointless-modifier', {
  found: [
    ['payload contains "12" nocase', 'nocase'],
    ['payload contains hex"90 90" in 0..-1', 'in 0..-1'],
    ['payload contains hex"00" nocase in 0 .. -1 as x and x.start > 5', 'nocase', 'in 0 .. -1'],
    ['predicate p = payload contains "1" nocase\nsignature a { id 1 when p then log }\n', 'nocase'],
  ],
  silent: [
    'payload contains "1a" nocase',
    'payload contains "12" in 0..-2',
    'payload contains "12" in 1..-1',
    'payload contains "12" at 0',
    // It may become something with letters.
    'const c = "12"\nsignature a { id 1 when payload contains c nocase then log }\n',
    // The word stands in what somebody says of it.
    'payload contains "12"  // not nocase\n nocase',
  ],
});
