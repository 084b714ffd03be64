import { judges } from '../cases.js';

const signature = 'signature a { id 1 when tcp then log }\n';

judges('untested-signature', {
  found: [
    [signature, 'a'],
    [`${signature}test "t" { packet { ipv4  udp } expect none }`, 'a'],
  ],
  silent: [`${signature}test "t" { packet { ipv4  tcp } expect a }`],
});
