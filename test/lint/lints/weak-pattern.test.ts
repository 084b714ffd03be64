import { judges } from '../cases.js';

judges('weak-pattern', {
  found: [
    ['payload contains "e"', 'payload contains "e"'],
    ['tcp and payload contains hex"00"', 'tcp and payload contains hex"00"'],
    ['payload contains "cmd.exe" or payload contains "/"', 'payload contains "cmd.exe" or payload contains "/"'],
  ],
  silent: [
    'payload contains "cmd.exe"',
    'payload contains "e" and payload contains "cmd.exe"',
    // One place is one comparison.
    'payload contains "e" at 0',
    'tcp.dst_port == 7 and payload contains "e"',
    'payload not contains "e"',
    'tcp',
    'payload contains "e" or tcp.dst_port == 7',
  ],
});
