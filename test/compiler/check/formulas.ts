/** Formulas as short texts, for tests of what a condition means. */
import { compiled, compileSig } from '../../support/compile.js';
import type { ComputedWindow, Formula } from '../../../compiler/logic/formula.js';
import type { HeaderRef, Value } from '../../../compiler/logic/value.js';
import type { Ruleset } from '../../../compiler/ruleset.js';

/** A signature with a condition, which may begin with `let`s: `let n = payload.u8(0) when n > 5`. */
function subject(condition: string, before: string): string {
  return `${before}\nsignature subject { id 1 ${condition.startsWith('let ') ? '' : 'when '}${condition} then log }`;
}

/** What a condition becomes; `before` are declarations in front of the signature. */
export function meaning(condition: string, before = '', files: Readonly<Record<string, string>> = {}): string {
  const ruleset = compiled(subject(condition, before), { files });
  const signature = ruleset.signatures.find((s) => s.name === 'subject');
  return signature ? formula(signature.when, ruleset) : 'no signature';
}

/** Code and message of each finding. */
export function said(condition: string, before = '', files: Readonly<Record<string, string>> = {}): string[] {
  return compileSig(subject(condition, before), { files }).diagnostics.map((d) => `${d.code} ${d.message}`);
}

function formula(f: Formula, rules: Ruleset): string {
  switch (f.kind) {
    case 'True':
    case 'False':
      return f.kind;
    case 'And':
    case 'Or':
      return `(${f.of.map((part) => formula(part, rules)).join(f.kind === 'And' ? ' and ' : ' or ')})`;
    case 'Not':
      return `not ${formula(f.of, rules)}`;
    case 'Present':
      return `present ${headerName(f.header, rules)}`;
    case 'PresentBytes':
      return `present ${bytesName(f.bytes, rules)}`;
    case 'Malformed':
      return `malformed ${rules.layouts[f.layout]?.name ?? '?'}${f.list === undefined ? '' : ` list ${f.list}`}`;
    case 'Packet':
      return f.property;
    case 'Compare':
      return `${value(f.left, rules)} ${f.operator} ${value(f.right, rules)}`;
    case 'Member':
      return `${value(f.value, rules)} ${f.negated ? 'not in' : 'in'} ${f.set.map((r) => `${r.low}..${r.high}`).join(' ')}`;
    case 'Contains': {
      const { bytes, nocase, first, last } = f.literal;
      const text = Buffer.from(bytes).toString('latin1');
      const verb = f.negated ? 'not contains' : 'contains';
      const plain = `${bytesName(f.bytes, rules)} ${verb} ${text}${nocase ? ' nocase' : ''} ${first}..${last}`;
      return `${plain}${windowText(f.window, rules)}`;
    }
    case 'Occurs': {
      const { bytes, nocase, first, last } = f.literal;
      const text = `${Buffer.from(bytes).toString('latin1')}${nocase ? ' nocase' : ''} ${first}..${last}`;
      const window = windowText(f.window, rules);
      return `some #${f.name} = ${bytesName(f.bytes, rules)} contains ${text}${window}: ${formula(f.where, rules)}`;
    }
  }
}

function windowText(window: ComputedWindow | undefined, rules: Ruleset): string {
  return window ? ` in ${value(window.first, rules)}..${value(window.last, rules)}` : '';
}

function value(v: Value, rules: Ruleset): string {
  switch (v.kind) {
    case 'Constant':
      return String(v.value);
    case 'Field':
      return `${headerName(v.header, rules)}.${v.field.name}`;
    case 'Last':
      return `last(${v.space} of ${headerName(v.of, rules)})`;
    case 'Length':
      return `length(${bytesName(v.bytes, rules)})`;
    case 'First':
      return `first(${v.of.map((part) => value(part, rules)).join(', ')})`;
    case 'Occurrence':
      return `#${v.name}`;
    case 'Read':
      return `${bytesName(v.bytes, rules)}.u${v.size * 8}${v.little ? 'le' : ''}(${value(v.position, rules)})`;
    case 'Digits':
      return `${bytesName(v.bytes, rules)}.${v.base === 10 ? 'dec' : 'hex'}(${value(v.position, rules)}, ${v.most})`;
    case 'Negate':
      return `-${value(v.of, rules)}`;
    case 'Arithmetic':
      return `(${value(v.left, rules)} ${v.operator} ${value(v.right, rules)})`;
  }
}

function headerName({ layout, slot, entry }: HeaderRef, rules: Ruleset): string {
  const found = rules.layouts[layout];
  const option = entry && found?.lists[entry.list]?.cases[entry.case]?.name;
  return `${found?.name ?? '?'}${slot === 0 ? '' : `[${slot}]`}${option === undefined ? '' : `.${option}`}`;
}

function bytesName(bytes: readonly HeaderRef[] | 'transport', rules: Ruleset): string {
  return bytes === 'transport' ? 'payload' : `payload(${bytes.map((ref) => headerName(ref, rules)).join('|')})`;
}
