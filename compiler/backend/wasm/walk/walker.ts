/**
 * From a packet to the signatures that match: the headers are decoded, the tree is walked, and the literals that the nodes on the way
 * wait for are looked for in one pass. What is found at the nodes of the way, and nothing else, is decided.
 */
import type { Expression, Statement } from '../assembler/code.js';
import { block, branch, branchIf, breakUnless, call, giveBack, loop, perform, type Variable, when, whileLoop } from '../assembler/control.js'; // prettier-ignore
import { i32 } from '../assembler/instructions.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import type { SetFunctions } from '../program/sets.js';
import { defineEdges, type EdgeFunctions } from './edges.js';
import { BRANCH, CANDIDATE_BYTES, NODE, SEARCH_BYTES } from './tables.js';

type Word = Variable<'i32'>;

/** Places in memory that hold what is known of the packet at hand. Words are the number of the packet for which they were set last. */
export interface Places {
  /** By signature: it matched. */
  readonly matched: number;
  /** The signatures that matched, and how many there are. */
  readonly hits: number;
  readonly hitCount: number;
  /** By search of a node: the packet came by there. */
  readonly active: number;
}

export interface Walker {
  /** `(node)` */
  readonly visit: Defined<'void'>;
  /** `(node)`: decides its candidates. */
  readonly decideAll: Defined<'void'>;
  /** `(branch)`: goes on where its answer leads. */
  readonly follow: Defined<'void'>;
  /** `(signature, program)`: whether it matches. */
  readonly decide: Defined<'void'>;
  readonly edges: EdgeFunctions;
}

interface Parts {
  readonly now: Expression<'i32'>;
  readonly ask: Defined<'i32'>;
  readonly run: Defined<'i32'>;
  readonly sets: SetFunctions;
}

/** Adds the functions to the module. */
export function defineWalker(m: ModuleBuilder, places: Places, { now, ask, run, sets }: Parts): Walker {
  const decide = m.define('decide', ['i32', 'i32'], 'void', ([signature, program], { local }) => {
    const matched = i32.add(places.matched, i32.shl(signature, 2));
    const count = local('i32');
    return [
      when(i32.eq(i32.load(matched), now), [giveBack()]),
      when(program, [when(i32.eqz(call(run, program)), [giveBack()])]),
      i32.store(matched, now),
      count.set(i32.load(places.hitCount)),
      i32.store(i32.add(places.hits, i32.shl(count, 2)), signature),
      i32.store(places.hitCount, i32.add(count, 1)),
    ];
  });
  const edges = defineEdges(m, sets);
  const visit = m.declare('visit', ['i32'], 'void');
  const follow = m.define('follow', ['i32'], 'void', ([branchAt], { local }) => {
    const edge = local('i32');
    return [
      edge.set(call(edges.ofAnswer, branchAt, call(ask, i32.load(branchAt, BRANCH.question)))),
      when(edge, [perform(visit, i32.load(i32.add(i32.load(branchAt, BRANCH.nodes), i32.shl(i32.sub(edge, 1), 2))))]),
    ];
  });
  const decideAll = m.define('decide_all', ['i32'], 'void', ([node], locals) =>
    each(node, NODE.candidates, CANDIDATE_BYTES, locals, (at) => [perform(decide, i32.load(at), i32.load(at, 4))]),
  );
  visit.define(([node], locals) => [
    perform(decideAll, node),
    ...each(node, NODE.searches, SEARCH_BYTES, locals, (at) => [
      i32.store(i32.add(places.active, i32.shl(i32.load(at), 2)), now),
      i32.store(i32.load(at, 4), now),
    ]),
    ...each(node, NODE.branches, BRANCH.size, locals, (at) => [perform(follow, at)]),
  ]);
  return { visit, decideAll, follow, decide, edges };
}

/** For each record of a node's row. */
function each(
  node: Word,
  row: number,
  bytes: number,
  { local }: Locals,
  body: (at: Word) => readonly Statement[],
): Statement[] {
  const [count, at] = [local('i32'), local('i32')];
  return [
    count.set(i32.load(node, row)),
    at.set(i32.load(node, row + 4)),
    whileLoop(count, () => [...body(at), at.set(i32.add(at, bytes)), count.set(i32.sub(count, 1))]),
  ];
}

/** Up to so many signatures are put in order one by one; beyond, all signatures are gone through once. */
const FEW = 64;

/** Adds a function that puts the signatures that matched in ascending order. */
export function defineOrder(
  m: ModuleBuilder,
  places: Places,
  signatures: number,
  now: Expression<'i32'>,
): Defined<'void'> {
  return m.define('order', [], 'void', (_, { local }) => {
    const [count, at, from, value] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const hit = (index: Expression<'i32'>): Expression<'i32'> => i32.add(places.hits, i32.shl(index, 2));
    const before: Expression<'i32'> = i32.load(hit(i32.sub(from, 1)));
    return [
      count.set(i32.load(places.hitCount)),
      when(i32.gtU(count, FEW), [...allInOrder({ count, at }, places, signatures, now), giveBack()]),
      at.set(1),
      whileLoop(i32.ltU(at, count), () => [
        value.set(i32.load(hit(at))),
        from.set(at),
        block((placed) => [
          loop((again) => [
            branchIf(placed, i32.eqz(from)),
            breakUnless(placed, i32.gtU(before, value)),
            i32.store(hit(from), before),
            from.set(i32.sub(from, 1)),
            branch(again),
          ]),
        ]),
        i32.store(hit(from), value),
        at.set(i32.add(at, 1)),
      ]),
    ];
  });
}

function allInOrder(
  { count, at }: { count: Word; at: Word },
  places: Places,
  signatures: number,
  now: Expression<'i32'>,
): Statement[] {
  return [
    count.set(0),
    whileLoop(i32.ltU(at, signatures), () => [
      when(i32.eq(i32.load(i32.add(places.matched, i32.shl(at, 2))), now), [
        i32.store(i32.add(places.hits, i32.shl(count, 2)), at),
        count.set(i32.add(count, 1)),
      ]),
      at.set(i32.add(at, 1)),
    ]),
  ];
}
