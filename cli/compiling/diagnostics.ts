/** What an order to a running sigward may be refused for before anything is compiled. */
import { error } from '../../grammar/diagnostic.js';

export const artefactsDoNotMix = error(
  'E1818',
  'compiled ruleset beside other rules',
  () => 'a .sigc file stands alone: it holds all that it was compiled from',
  () =>
    '`sigward ctl exchange OLD.sigc NEW.sigc` puts one in the place of the other; or compile all rules together into one',
);
