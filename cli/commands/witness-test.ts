/** Witnesses as tests: what the packets really match in the rule file's scope is what is expected of them. */
import type { Words } from '../../compiler/explain/words.js';
import { resolveImport } from '../../compiler/check/sources.js';
import { restrictTo } from '../../compiler/link/restrict.js';
import type { Ruleset, Signature, Verdict } from '../../compiler/ruleset.js';
import { type HeaderNames, packetText } from '../../compiler/witness/packet-text.js';
import type { Witness } from '../../compiler/witness/witness.js';
import { format } from '../../grammar/format.js';
import { parse } from '../../grammar/parse.js';
import type { Engine } from '../../runtime/engine/engine.js';
import { loadEngine } from '../../runtime/engine/load.js';
import type { Shown } from './witness-shown.js';
import { partText } from './witness-parts.js';

interface Rules {
  readonly ruleset: Ruleset;
  readonly texts: ReadonlyMap<string, string>;
  /** By file: those that it reaches, which is what its tests run against. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A function that says a signature's packets as tests: one that matches, one for all near misses. */
export function testWriter(rules: Rules, words: Words): (shown: Shown) => string {
  return (shown) => {
    const { signature, evidence } = shown;
    if (!evidence.witness) return `// ${signature.name}: no packet was found that it matches\n`;
    const steps = stepsOf(shown, words, rules.ruleset);
    const scope = scopeOf(signature, rules);
    const text = [declaration(`witness of ${signature.name}`, steps.slice(0, 1), scope, rules)];
    if (steps.length > 1) text.push(declaration(`near misses of ${signature.name}`, steps.slice(1), scope, rules));
    const whole = text.join('\n');
    return format(signature.span.file, whole).text ?? whole;
  };
}

interface Step {
  readonly witness: Witness | undefined;
  readonly times: number;
  readonly comment: string;
}

function stepsOf({ signature, evidence }: Shown, words: Words, rules: Ruleset): Step[] {
  const { witness, packets, misses } = evidence;
  const fewer = packets > 1 ? [{ witness, times: packets - 1, comment: 'one packet fewer' }] : [];
  return [
    { witness, times: packets, comment: '' },
    ...fewer,
    ...misses.map((miss) => {
      const comment = miss.witness
        ? 'fails only at'
        : miss.isNone
          ? 'none can fail only at'
          : 'no packet was found that fails only at';
      return { witness: miss.witness, times: 1, comment: `${comment} ${partText(miss, signature, words, rules)}` };
    }),
  ];
}

/** What a file's tests run against, with the names that they are called by there; nothing where they cannot be named. */
interface Scope {
  /** Indices into the ruleset's signatures, ascending. */
  readonly signatures: readonly number[];
  /** What the policy in force is called there: empty without one. */
  readonly policy: string | undefined;
  readonly names: readonly (string | undefined)[];
  readonly headerName: HeaderNames;
}

function scopeOf({ span }: Signature, { ruleset, texts, reach }: Rules): Scope {
  const files = reach.get(span.file) ?? new Set([span.file]);
  const signatures = ruleset.signatures.flatMap((s, index) => (files.has(s.span.file) ? [index] : []));
  const { tree } = parse(span.file, texts.get(span.file) ?? '');
  const prefixes = new Map<string, string>([[span.file, '']]);
  const headers = new Map<string, string>();
  for (const decl of tree.declarations) {
    const target = decl.kind === 'Import' ? resolveImport(span.file, decl.path.text) : undefined;
    if (target === undefined || decl.kind !== 'Import') continue;
    const prefix = decl.alias ? `${decl.alias.text}.` : '';
    prefixes.set(target, prefix);
    for (const name of headersIn(target, texts)) headers.set(name, `${prefix}${name}`);
  }
  const nameOf = (s: Pick<Signature, 'name' | 'span'> | undefined): string | undefined => {
    const prefix = s && prefixes.get(s.span.file);
    return prefix === undefined ? undefined : `${prefix}${s?.name ?? ''}`;
  };
  return {
    signatures,
    policy: ruleset.policy ? nameOf(ruleset.policy) : '',
    names: signatures.map((index) => nameOf(ruleset.signatures[index])),
    headerName: (name) => headers.get(name) ?? name,
  };
}

/** The headers that a file declares. */
function headersIn(file: string, texts: Rules['texts']): string[] {
  const { declarations } = parse(file, texts.get(file) ?? '').tree;
  return declarations.flatMap((decl) => (decl.kind === 'Header' ? [decl.name.text] : []));
}

/** A test has a clock and counts of its own. */
function declaration(name: string, steps: readonly Step[], scope: Scope, { ruleset }: Rules): string {
  const lines: string[] = [];
  const engine = loadEngine(restrictTo(ruleset, scope.signatures), 'interpreter');
  for (const { witness, times, comment } of steps) {
    if (comment !== '') lines.push(`// ${comment}`);
    if (!witness) continue;
    const text = packetText(witness, ruleset.layouts, scope.headerName);
    if (text === undefined) {
      lines.push('// no test can say this packet: `sigward witness --pcap` writes it to a capture');
      continue;
    }
    lines.push(`${text}${times > 1 ? ` * ${times}` : ''}`, expectation(engine, witness, times, scope));
  }
  if (scope.policy === undefined)
    lines.unshift(
      `// the policy ${ruleset.policy?.name ?? ''} is not declared in this file, so no test here can be under it`,
    );
  if (scope.policy === undefined || !lines.some((line) => line.startsWith('expect')))
    return `${lines.map(asComment).join('\n')}\n`;
  const under = scope.policy === '' ? '' : `under ${scope.policy}\n`;
  return `test "${name}" {\n${under}${lines.join('\n')}\n}\n`;
}

function asComment(line: string): string {
  return line.startsWith('//') ? line : `// ${line}`;
}

function expectation(engine: Engine, { packet }: Witness, times: number, { names }: Scope): string {
  const matches = new Map<number, number>();
  const verdicts = new Map<Verdict, number>();
  for (let left = times; left > 0; left--) {
    const [judgement] = engine.evaluate([{ ...packet, time: 0n }]);
    if (!judgement) continue;
    verdicts.set(judgement.verdict, (verdicts.get(judgement.verdict) ?? 0) + 1);
    for (const match of judgement.matches) matches.set(match, (matches.get(match) ?? 0) + 1);
  }
  const hidden = [...matches.keys()].some((index) => names[index] === undefined);
  const sorted = [...matches].sort(([a], [b]) => a - b);
  const said = sorted.map(([index, n]) => `${names[index] ?? '?'}${times > 1 ? ` * ${n}` : ''}`);
  const given = [...verdicts].map(([verdict, n]) => `verdict ${verdict}${verdicts.size > 1 ? ` * ${n}` : ''}`);
  const line = `expect ${[...(said.length > 0 ? said : ['none']), ...given].join(', ')}`;
  return hidden ? `// ${line}: it matches a signature that has no name in this file` : line;
}
