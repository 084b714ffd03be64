import { judges } from '../cases.js';

const signature = (entries: string): string => `signature a {\n  id 1\n  ${entries}\n  when tcp\n  then log\n}\n`;

judges('missing-metadata', {
  found: [
    [signature(''), 'a'],
    [signature('title "a" severity low'), 'a'],
    [signature('class recon severity low'), 'a'],
  ],
  silent: [signature('title "a" severity low class recon')],
});
