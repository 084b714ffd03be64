import { type Needless, needlessIn } from '../../prove/parts.js';
import type { Finding, Lint } from '../lint.js';
import { writtenPart } from '../parts.js';
import type { LintedSignature, Program } from '../program.js';
import { readsParameterAbove } from '../reach.js';

/** What the author thinks that it tests is tested already, or never comes to be asked. */
export const needlessPart: Lint = {
  name: 'needless-part',
  summary: 'a part of a condition that makes no difference',
  level: 'note',
  class: 'slow',
  isPartial: true,
  find: (program) => {
    const { never, always } = program.proofs();
    const said = new Set([...never, ...always]);
    const size = program.workshop().diagrams.nodes.size;
    return program.signatures.flatMap((one) => {
      program.workshop().tidy(size);
      return said.has(one.index) ? [] : findingsFor(one, program);
    });
  },
};

const SAYS = {
  never: 'can never hold here',
  always: 'makes no difference: it holds wherever the rest does',
  covered: 'makes no difference: wherever it holds, another alternative does',
} as const satisfies Record<Needless['kind'], string>;

const HELP = {
  never:
    'what it is for is not found: a packet has one header of a kind, and fields of headers that are absent satisfy no test',
  always: 'leave it out, or ask for what was meant',
  covered: 'leave it out, or ask for what was meant',
} as const satisfies Record<Needless['kind'], string>;

function findingsFor(one: LintedSignature, program: Program): Finding[] {
  const { signature, decl } = one;
  const parts = needlessIn(program.workshop(), signature.when);
  const others = needlessInModule(one, program).filter(({ span }) =>
    parts.every((part) => part.span.end <= span.start || span.end <= part.span.start),
  );
  const name = program.ruleset.modules[signature.module ?? -1]?.name ?? '';
  // With another value of a parameter, what is needless here may matter.
  if (program.readsParameter(decl.span)) return [];
  // What a predicate brings may matter where else it is used.
  const isOwn = ({ span: { file, start, end } }: Needless): boolean =>
    file === decl.span.file && start >= decl.span.start && end <= decl.span.end;
  const finding = ({ part, kind }: Needless, where: string): readonly Finding[] => {
    const written = writtenPart(part, program);
    if (!written) return [];
    const { span, words } = written;
    return [{ message: `${where}\`${words}\` ${SAYS[kind]}`, labels: [{ span }], help: HELP[kind] }];
  };
  return [
    ...parts.filter(isOwn).flatMap((part) => finding(part, '')),
    ...others.filter(isOwn).flatMap((part) => finding(part, `for packets that reach module \`${name}\`, `)),
  ];
}

/** What the switches of its modules make needless, by themselves: whoever forwards to a module may change. */
function needlessInModule({ signature, requirements }: LintedSignature, program: Program): readonly Needless[] {
  const asked = requirements();
  const isPlain = asked.length > 0 && asked.every(({ kind }) => kind === 'Switch');
  if (!isPlain || readsParameterAbove(signature.module, program)) return [];
  const given = asked.map(({ formula }) => formula);
  return needlessIn(program.workshop(), signature.when, given);
}
