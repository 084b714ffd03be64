/**
 * Whether whatever a condition matches by the headers of one ruleset, another condition matches by those of another one. Packets that
 * both decode alike are one case; those at which decoding parts are a case for each place where it does.
 */
import { all, type Formula, TRUE } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { Prover } from '../prove/prover.js';
import { boundsOf, type Sight, type Standing } from './bounds.js';
import { type Both, type Parting, type Partings } from './partings.js';
import { sameText, translated } from './translate.js';

export interface Implications {
  /** The condition of the new ruleset matches wherever that of the old one does. */
  readonly onwards: (old: Formula, now: Formula) => boolean;
  /** The other way round. */
  readonly back: (old: Formula, now: Formula) => boolean;
}

/** Prepares the cases. What is proved is proved over the layouts of the old ruleset. */
export function implications(layouts: Both<readonly Layout[]>, partings: Partings, prover: Prover): Implications {
  const cases = [unparted(layouts, partings), ...partings.all.map((parting) => partedAt(parting, layouts))];
  const inOld = (formula: Formula): Formula | undefined => translated(formula, layouts.new, layouts.old);

  function follows(given: Formula, from: Formula | undefined, to: Formula | undefined): boolean {
    if (!from || !to) return false;
    const holding = all([given, from]);
    if (holding.kind === 'False' || to.kind === 'True') return true;
    return sameText(from, layouts.old) === sameText(to, layouts.old) || prover.implies(holding, to);
  }

  return {
    onwards: (old, now) =>
      cases.every(({ given, sight }) =>
        follows(given, boundsOf(old, sight.old).most, inOld(boundsOf(now, sight.new).least)),
      ),
    back: (old, now) =>
      cases.every(({ given, sight }) =>
        follows(given, inOld(boundsOf(now, sight.new).most), boundsOf(old, sight.old).least),
      ),
  };
}

interface Case {
  readonly given: Formula;
  readonly sight: Both<Sight>;
}

/** Of a packet that both decode alike, what they do not share is not there. */
function unparted(layouts: Both<readonly Layout[]>, { shared }: Partings): Case {
  const sight = (of: readonly Layout[]): Sight => {
    const header = (layout: number): Standing => (shared.has(of[layout]?.name ?? '') ? 'same' : 'absent');
    return { header, malformed: header, transport: 'same', last: () => 'same', tooDeep: 'same' };
  };
  return { given: TRUE, sight: { old: sight(layouts.old), new: sight(layouts.new) } };
}

function partedAt(parting: Parting, layouts: Both<readonly Layout[]>): Case {
  return {
    given: parting.given,
    sight: { old: sightAt(parting, 'old', layouts), new: sightAt(parting, 'new', layouts) },
  };
}

/** What one side may still read is open where it stands, and elsewhere not there; what only the other side may is not the same here. */
function sightAt(parting: Parting, side: 'old' | 'new', layouts: Both<readonly Layout[]>): Sight {
  const { before, behind, spaces } = parting;
  const isOpen = (name: string): boolean => behind.old.has(name) || behind.new.has(name);
  const standingOf = (name: string): Standing => {
    if (!before.has(name) && !behind[side].has(name)) return 'absent';
    return isOpen(name) ? 'open' : 'same';
  };
  const nameOf = (layout: number): string => layouts[side][layout]?.name ?? '';
  return {
    header: (layout) => standingOf(nameOf(layout)),
    malformed: (layout) => (behind[side].has(nameOf(layout)) ? 'open' : 'absent'),
    transport: transportAt(parting, side, layouts),
    last: (space) => (spaces.has(space) ? 'open' : 'same'),
    tooDeep: 'open',
  };
}

/** The outermost transport header: whichever stands behind, one that was read counts. */
function transportAt(parting: Parting, side: 'old' | 'new', layouts: Both<readonly Layout[]>): Standing {
  const { before, behind, isBehindTransport } = parting;
  if (isBehindTransport) return 'same';
  const among = (names: ReadonlySet<string>, of: readonly Layout[]): boolean =>
    of.some(({ name, role }) => role === 'transport' && names.has(name));
  if (!among(before, layouts[side]) && !among(behind[side], layouts[side])) return 'absent';
  return among(behind.old, layouts.old) || among(behind.new, layouts.new) ? 'open' : 'same';
}
