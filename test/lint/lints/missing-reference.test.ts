import { judges } from '../cases.js';

judges('missing-reference', {
  found: [['signature a { id 1 when tcp then log }', 'a']],
  silent: ['signature a { id 1 ref cve "CVE-1" when tcp then log }'],
});
