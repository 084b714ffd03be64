import { all, FALSE, type Formula, not, some, TRUE } from '../../logic/formula.js';
import { type Layout, LINK_SPACE } from '../../logic/layout.js';
import type { BytesRef } from '../../logic/value.js';
import type { Finding, Lint } from '../lint.js';
import { needed, reached } from '../presence.js';
import type { LintedSignature } from '../program.js';
import { headersIn } from '../../logic/walk.js';

/** What the kernel's queue delivers: IP without a link layer (LINKTYPE_RAW). */
const QUEUE = 101n;

/** Packets from the kernel's queue begin with IP: nothing that asks for Ethernet, a VLAN or ARP ever matches there. */
export const linkLayerInline: Lint = {
  name: 'link-layer-inline',
  summary: 'a signature that matches in captures only, because the queue has no link layer',
  level: 'warning',
  class: 'quick',
  find: ({ signatures, ruleset: { layouts } }) => {
    const links = layouts.filter(isRaw);
    const always = reached(links, layouts);
    const tunnels = closedTunnels(layouts);
    const outsideTunnels = reached(
      links,
      layouts.map((layout) => tunnels.get(layout.index) ?? layout),
    );
    return signatures.flatMap((one): readonly Finding[] => {
      const { when } = one.reached();
      if (when.kind === 'False') return [];
      if (inline(when, always, layouts).kind === 'False') return [findingOf(one, 'never matches inline')];
      const asksForTunnel = [...headersIn(when)].some(({ layout }) => tunnels.has(layout));
      if (asksForTunnel || inline(when, outsideTunnels, layouts).kind !== 'False') return [];
      return [findingOf(one, 'matches inline only what a tunnel carries')];
    });
  },
};

function findingOf({ decl, signature }: LintedSignature, what: string): Finding {
  const when = decl.entries.find((entry) => entry.kind === 'When');
  return {
    message: `\`${signature.name}\` ${what}: the kernel’s queue delivers no link layer`,
    labels: [{ span: when?.condition.span ?? decl.name.span }],
    help: 'packets from the queue begin with IP; ask for IP’s fields, or keep the signature for captures and say so',
  };
}

/** The layouts of tunnels: a transport header that carries what a link does (GRE), as they are where nothing behind them is decoded. */
function closedTunnels(layouts: readonly Layout[]): ReadonlyMap<number, Layout> {
  const links = layouts.filter(({ role }) => role === 'link');
  const carried = new Set(links.flatMap(({ next }) => next.map(({ space }) => space)));
  const tunnels = layouts.filter(
    ({ role, next }) => role === 'transport' && next.some(({ space }) => carried.has(space)),
  );
  return new Map(tunnels.map((layout) => [layout.index, { ...layout, next: [] }]));
}

function isRaw({ keys }: Layout): boolean {
  return keys.some(({ space, values }) => space === LINK_SPACE && values.includes(QUEUE));
}

/** The condition where some headers never are: only what is certain is folded. */
function inline(formula: Formula, there: ReadonlySet<number>, layouts: readonly Layout[]): Formula {
  const again = (part: Formula): Formula => inline(part, there, layouts);
  const isThere = (bytes: BytesRef): boolean => bytes === 'transport' || bytes.some(({ layout }) => there.has(layout));
  switch (formula.kind) {
    case 'And':
      return all(formula.of.map(again));
    case 'Or':
      return some(formula.of.map(again));
    case 'Not':
      return not(again(formula.of));
    case 'Occurs':
      return isThere(formula.bytes) && again(formula.where).kind !== 'False' ? formula : FALSE;
    case 'Malformed':
      return there.has(formula.layout) ? formula : FALSE;
    case 'Present':
    case 'PresentBytes':
    case 'Compare':
    case 'Member':
    case 'Contains':
      return needed(formula, layouts).every((clause) => clause.some(({ layout }) => there.has(layout)))
        ? formula
        : FALSE;
    case 'True':
    case 'False':
    case 'Packet':
      return formula.kind === 'True' ? TRUE : formula;
  }
}
