/**
 * The upper nodes of the tree as code, one function each: every packet comes by there. What they ask and decide is emitted where it
 * is used; nodes below are data, and so are long rows of candidates and ranges, so that the code does not grow with the signatures.
 */
import type { Branch, Node, Question, Tree } from '../../../tree/tree.js';
import { hasShortRow, isCode, upperNodes } from '../../../tree/upper.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, branch, breakUnless, call, perform, switchOn, type Variable, when } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { addressLocals, emitAddress } from '../decode/addresses.js';
import { clip, requireFormula } from '../decode/conditions.js';
import { emitValue } from '../decode/values.js';
import { isAddress } from '../program/is-address.js';
import { type ConditionContext, packetAtom, split } from './atoms.js';
import type { Decider, Switches } from './switches.js';
import { BRANCH, FEW_RANGES, type Placed, type Programs } from './tables.js';
import type { Walker } from './walker.js';

interface Parts {
  readonly context: Omit<ConditionContext, 'locals'>;
  readonly programs: Programs;
  readonly placed: Placed;
  readonly walker: Walker;
  /** Decides parts that conditions share, by their numbers. */
  readonly decide: Decider;
  readonly switches: Switches;
  readonly run: Defined<'i32'>;
  readonly now: Expression<'i32'>;
  /** Where the stamps of searches lie. */
  readonly active: number;
}

/** Gives the statements that take the packet at hand through the tree. */
export function emitUpper(m: ModuleBuilder, tree: Tree, parts: Parts): Statement {
  const functions = new Map<Node, Defined<'void'>>();
  const visit = (node: Node): Statement => {
    const known = functions.get(node);
    return known ? perform(known) : perform(parts.walker.visit, parts.placed.node(node));
  };
  // Those below first, so that those above can call them.
  for (const node of upperNodes(tree).toReversed())
    functions.set(node, defineNode(m, node, tree.questions, parts, visit));
  return visit(tree.root);
}

type Visit = (node: Node) => Statement;

function defineNode(
  m: ModuleBuilder,
  node: Node,
  questions: readonly Question[],
  parts: Parts,
  visit: Visit,
): Defined<'void'> {
  return m.define('node', [], 'void', (_, locals) => [
    ...candidatesOf(node, locals, parts),
    ...node.searches.flatMap((search) => {
      const { number, wanted } = parts.placed.search(search);
      return [i32.store(parts.active + 4 * number, parts.now), i32.store(wanted, parts.now)];
    }),
    ...node.branches.map((one) => {
      const asked = questions[one.question];
      if (asked && isCode(one)) return ask(one, asked, locals, parts, visit);
      return perform(parts.walker.follow, parts.placed.branch(one));
    }),
  ]);
}

function candidatesOf(node: Node, locals: Locals, parts: Parts): Statement[] {
  const { context, programs, walker, run, placed, decide, switches } = parts;
  if (!hasShortRow(node)) return [perform(walker.decideAll, placed.node(node))];
  const atom = packetAtom({ ...context, locals });
  return node.candidates.map(({ signature, residual }) => {
    const { code, rest } = split(residual);
    const program = programs.place(rest);
    return block((fails) => [
      ...(code.kind === 'And' ? code.of : [code]).map((part) => {
        const number = switches.get(part);
        return number === undefined ? requireFormula(part, atom, fails) : breakUnless(fails, call(decide, number));
      }),
      ...(program === 0 ? [] : [breakUnless(fails, call(run, program))]),
      perform(walker.decide, signature, 0),
    ]);
  });
}

interface Range {
  readonly low: bigint;
  readonly high: bigint;
  readonly node: Node;
}

function ask(
  one: Branch,
  asked: Question,
  locals: Locals,
  { context, placed, walker, decide }: Parts,
  visit: Visit,
): Statement {
  const ranges = one.edges
    .flatMap(({ answers, node }) => answers.map(({ low, high }): Range => ({ low: clip(low), high: clip(high), node })))
    .sort((a, b) => (a.low < b.low ? -1 : 1));
  const cases = one.edges.map(({ node }) => [visit(node)]);
  return block((done) => {
    if (asked.kind === 'Header') {
      return [breakUnless(done, i32.load(context.cells.presence(asked.header))), ...(cases[0] ?? [])];
    }
    if (asked.kind === 'Switch') {
      const isMet = (answer: bigint): Statement[] => rangesOn(ranges, answer).map((range) => visit(range.node));
      return [when(call(decide, asked.number), isMet(1n), isMet(0n))];
    }
    if (isAddress(asked.value)) {
      const { family, low, high } = addressLocals(locals);
      const edge = call(walker.edges.ofAddress, placed.branch(one), family, low, high);
      return [
        ...emitAddress(asked.value, { family, low, high }, { ...context, locals }, done),
        switchOn(i32.sub(edge, 1), cases, []),
      ];
    }
    const value = locals.local('i64');
    const found = value.set(emitValue(asked.value, { ...context, locals }, done));
    if (ranges.length <= FEW_RANGES) {
      return [found, ...ranges.map((range) => when(within(value, range), [visit(range.node), branch(done)]))];
    }
    const edge = call(walker.edges.ofInteger, placed.branch(one) + BRANCH.tables, value);
    return [found, switchOn(i32.sub(edge, 1), cases, [])];
  });
}

function rangesOn(ranges: readonly Range[], answer: bigint): readonly Range[] {
  return ranges.filter(({ low, high }) => low <= answer && answer <= high);
}

function within(value: Variable<'i64'>, { low, high }: Range): Expression<'i32'> {
  return low === high ? i64.eq(value, low) : i32.and(i64.geS(value, low), i64.leS(value, high));
}
