import { judges } from '../cases.js';

const titled = (name: string, id: number, title: string): string =>
  `signature ${name} { id ${id} ${title === '' ? '' : `title "${title}"`} when tcp then log }\n`;

judges('duplicate-title', {
  found: [[titled('a', 1, 'one') + titled('b', 2, 'one') + titled('c', 3, 'one'), '"one"', '"one"']],
  silent: [titled('a', 1, 'one') + titled('b', 2, 'two'), titled('a', 1, '') + titled('b', 2, '')],
});
