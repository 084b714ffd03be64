import { judges } from '../cases.js';

const signature = (then: string): string => `signature a { id 1 when tcp then ${then} }`;

judges('silent-drop', {
  found: [
    [signature('drop'), 'then drop'],
    [signature('reject, mark 1'), 'then reject, mark 1'],
  ],
  silent: [signature('log, drop'), signature('log'), signature('mark 1'), signature('pass')],
});
