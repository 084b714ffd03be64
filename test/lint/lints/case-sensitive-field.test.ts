import { judges } from '../cases.js';

judges('case-sensitive-field', {
  found: [
    ['payload contains "User-Agent: x"', '"User-Agent: x"'],
    ['payload contains "\\r\\nHost: x"', '"\\r\\nHost: x"'],
    ['payload not contains "content-length:"', '"content-length:"'],
    ['payload contains "POST / HTTP/1.1\\r\\nCookie: a"', '"POST / HTTP/1.1\\r\\nCookie: a"'],
  ],
  silent: [
    'payload contains "User-Agent: x" nocase',
    // RDP has a cookie of its own, and compares it.
    'payload contains "Cookie: mstshash=" at 11',
    'payload contains "Host: x"',
    'payload contains "xUser-Agent: x"',
    'payload contains "User-Agent"',
    'payload contains "GET / HTTP/1.1"',
  ],
});
