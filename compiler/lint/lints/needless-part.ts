import { type Needless, needlessIn } from '../../prove/parts.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature, Program } from '../program.js';

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

function findingsFor({ signature, decl }: LintedSignature, program: Program): Finding[] {
  const parts = needlessIn(program.workshop(), signature.when);
  // With another value of a parameter, what is needless here may matter.
  if (program.readsParameter(decl.span)) return [];
  // What a predicate brings may matter where else it is used.
  const own = parts.filter(
    ({ span: { file, start, end } }) => file === decl.span.file && start >= decl.span.start && end <= decl.span.end,
  );
  return own.map(({ span, kind }) => ({
    message: `\`${program.quote(span)}\` ${SAYS[kind]}`,
    labels: [{ span }],
    help: HELP[kind],
  }));
}
