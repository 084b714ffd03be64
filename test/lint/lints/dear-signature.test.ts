import { judges } from '../cases.js';

const behind = (word: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `not payload contains "${i}=" in x.end .. x.end + 400`).join(' and ') +
  ` and payload contains "${word}"`;

judges('dear-signature', {
  found: [[`udp and payload contains "&" as x and ${behind('end', 12)}`.replace(/^/, ''), 'x']],
  silent: [`udp and payload contains "&" as x and ${behind('end', 2)}`, 'udp and payload contains "cmd.exe"', 'tcp'],
});
