/** What a run found, as a text table by signature and one line of totals. */
import type { Signature } from '../../compiler/ruleset.js';
import { bytes, number, quantity } from './figures.js';
import type { SignatureCount, Tally } from './tally.js';
import { column, cut, printable, type Table, table } from './text.js';

/** Columns of a terminal that a line may fill. */
const WIDTH = 100;
/** Columns that a name may fill: names come first in importance, but a title needs room, too. */
const NAME_WIDTH = 32;

/** What is said of a signature. */
type Named = Pick<Signature, 'name' | 'id' | 'severity' | 'title'>;

interface Row {
  readonly signature: Named;
  readonly count: SignatureCount;
}

/**
 * The summary of a run, without colours and without a line end. Signatures that matched, most matches first and equals in
 * the ruleset's order. `evictions` are keys of counts and limits that were forgotten while they still counted; `failures`
 * packets that the engine could not judge.
 */
export function summary(
  { signatures }: { readonly signatures: readonly Named[] },
  tally: Tally,
  evictions = 0,
  failures = 0,
): string {
  const rows = signatures
    .flatMap((signature, index): Row[] => {
      const count = tally.signatures[index];
      return count === undefined || count.matches === 0 ? [] : [{ signature, count }];
    })
    .sort((a, b) => b.count.matches - a.count.matches);
  const total = `${totals(rows, signatures.length, tally)}${forgotten(evictions)}${unable(failures)}`;
  return rows.length === 0 ? total : `${table(columns(rows), WIDTH)}\n\n${total}`;
}

function columns(rows: readonly Row[]): Table {
  const texts = (text: (row: Row) => string) => rows.map(text);
  return [
    column(
      'matches',
      'right',
      texts((r) => number(r.count.matches)),
    ),
    column(
      'blocked',
      'right',
      texts((r) => number(r.count.blocked)),
    ),
    column(
      'signature',
      'left',
      texts((r) => cut(printable(r.signature.name), NAME_WIDTH)),
    ),
    ...moduleColumn(rows),
    column(
      'id',
      'right',
      texts((r) => (r.signature.id === 0 ? '' : String(r.signature.id))),
    ),
    column(
      'severity',
      'left',
      texts((r) => r.signature.severity),
    ),
    column(
      'title',
      'left',
      texts((r) => printable(r.signature.title)),
    ),
  ];
}

/** Where no signature stands in a module, nobody has to read that. */
function moduleColumn(rows: readonly Row[]): Table {
  const names = rows.map(({ count }) => cut(printable(count.module ?? ''), NAME_WIDTH));
  return names.every((name) => name === '') ? [] : [column('module', 'left', names)];
}

/** Where this stands, a count may have missed what it is there to find. */
function forgotten(evictions: number): string {
  if (evictions === 0) return '';
  return `\n${quantity(evictions, 'key', 'keys')} of counts and limits ${evictions === 1 ? 'was' : 'were'} forgotten for want of room`;
}

/** They were dropped whatever the rules say. */
function unable(failures: number): string {
  if (failures === 0) return '';
  return `\n${quantity(failures, 'packet', 'packets')} could not be judged, and ${failures === 1 ? 'was' : 'were'} dropped`;
}

function totals(rows: readonly Row[], signatures: number, tally: Tally): string {
  const { packets, unjudged, uncovered, bytes: size, verdicts } = tally;
  const matches = rows.reduce((sum, row) => sum + row.count.matches, 0);
  const found = `${quantity(matches, 'match', 'matches')} by ${number(rows.length)} of ${quantity(signatures, 'signature', 'signatures')}`;
  const verdict = `${number(verdicts.accept)} accepted, ${number(verdicts.drop)} dropped, ${number(verdicts.reject)} rejected, ${number(verdicts.pass)} passed`;
  const apart = unjudged > 0 ? `; ${number(unjudged)} not judged: unknown link type` : '';
  const outside = uncovered > 0 ? `; ${number(uncovered)} not covered by the policy` : '';
  return `${quantity(packets, 'packet', 'packets')}, ${bytes(size)}; ${found}; ${verdict}${outside}${apart}`;
}
