/** The packets that tests build: from the author's `packet { … }` to bytes. */
import type { Assignment, Expr, Name, PacketHeader, TestStepDecl } from '../../grammar/ast.js';
import { didYouMean } from '../../grammar/suggest.js';
import type { Field, Layout } from '../logic/layout.js';
import { buildPacket, type Built } from '../packets/build.js';
import type { HeaderPlan } from '../packets/plan.js';
import { complain, type Env, quote } from './context.js';
import {
  notConstant,
  outOfRange,
  packetProblem,
  typeMismatch,
  unknownField,
  unknownName,
  wrongKind,
} from './diagnostics.js';
import { noteAlias, noteAssigned, noteDeclared } from './notes.js';
import { KINDS } from './scope.js';
import { typeOf } from './expressions.js';
import { constantOf, describe, type FlagSet } from './types.js';

/** Raw bytes begin with an IP header, as packets do in the queue. */
const RAW_IP = 101;

/** The bytes of a built or raw packet, or nothing where that is impossible and has been said. */
export function packetOf(
  step: Extract<TestStepDecl, { kind: 'Packet' | 'RawPacket' }>,
  env: Env,
): { readonly link: number; readonly bytes: Uint8Array } | undefined {
  if (step.kind === 'RawPacket') {
    const bytes = bytesOf(step.bytes, env);
    return bytes && { link: RAW_IP, bytes };
  }
  if (env.context.isDamaged(step.span)) return undefined;
  const plans = step.headers.map((header) => planOf(header, env));
  const inner = step.headers.flatMap((h) => h.assignments.filter((a) => a.name.text === 'payload'));
  const payloads = [...(step.payload ? [step.payload] : []), ...inner.map((a) => a.value)];
  const [only, second] = payloads;
  if (second) complain(env, packetProblem, { what: 'a packet carries one payload' }, { span: second.span });
  const payload = only ? bytesOf(only, env) : new Uint8Array(0);
  const usable = plans.flatMap((plan) => plan ?? []);
  if (!payload || usable.length < plans.length) return undefined;
  const layouts = [...env.context.headers.values()].map((info) => info.layout);
  return builtOrComplaint(buildPacket(usable, payload, layouts), step, env);
}

function builtOrComplaint(
  built: Built,
  step: { readonly span: TestStepDecl['span'] },
  env: Env,
): { readonly link: number; readonly bytes: Uint8Array } | undefined {
  if (!('problem' in built)) return built;
  complain(env, packetProblem, { what: built.problem, help: built.help }, { span: step.span });
  return undefined;
}

function bytesOf(expr: Expr, env: Env): Uint8Array | undefined {
  const typed = typeOf(expr, env);
  if (typed.kind === 'bytes') return typed.bytes;
  if (typed.kind !== 'error')
    complain(env, typeMismatch, { expected: 'a byte string', found: describe(typed) }, { span: expr.span });
  return undefined;
}

function unknownHeader({ text, span }: Name, names: Iterable<string>, env: Env): void {
  if (env.scope.aliases.has(text)) {
    const help = `name what it holds: \`${text}.…\``;
    complain(env, wrongKind, { name: text, is: 'an imported file', expected: 'a header', help }, { span });
    return;
  }
  const [alias] = [...env.scope.aliases].find(([, { values }]) => values.get(text)?.decl.kind === 'Header') ?? [];
  const near = alias === undefined ? didYouMean(text, names) : `did you mean \`${alias}.${text}\`?`;
  complain(env, unknownName, { name: text, near }, { span });
}

function planOf({ alias, header, assignments }: PacketHeader, env: Env): HeaderPlan | undefined {
  const values = alias ? env.scope.aliases.get(alias.text)?.values : env.scope.values;
  if (alias && !values) {
    unknownHeader(alias, env.scope.aliases.keys(), env);
    return undefined;
  }
  const declared = values?.get(header.text);
  if (!declared) {
    const names = [...(values ?? [])].filter(([, d]) => d.decl.kind === 'Header').map(([name]) => name);
    unknownHeader(header, names, env);
    return undefined;
  }
  const info = declared.decl.kind === 'Header' ? env.context.headers.get(declared.decl) : undefined;
  if (!info) {
    const p = { name: header.text, is: KINDS[declared.decl.kind], expected: 'a header' };
    complain(env, wrongKind, p, { span: header.span });
    return undefined;
  }
  if (alias) noteAlias(alias, env);
  noteDeclared(header, info.decl, env);
  const { layout } = info;
  const bits = new Map<string, bigint>();
  let list: Uint8Array | undefined;
  for (const assignment of assignments) {
    const { text } = assignment.name;
    noteAssigned(assignment.name, info.decl, env);
    if (text === 'payload') continue;
    if (layout.lists.some((l) => l.name === text)) list = bytesOf(assignment.value, env);
    else assign(layout, assignment, bits, env);
  }
  return { layout, values: bits, list };
}

function assign(layout: Layout, { name, value }: Assignment, values: Map<string, bigint>, env: Env): void {
  const field = layout.fields.find((f) => f.name === name.text);
  if (!field) {
    const names = [...layout.fields.map((f) => f.name), ...layout.lists.map((l) => l.name), 'payload'];
    const p = {
      header: layout.name,
      field: name.text,
      near: didYouMean(name.text, names),
      known: names.map((n) => `\`${n}\``).join(', '),
    };
    complain(env, unknownField, p, { span: name.span });
    return;
  }
  const flags: { hint?: FlagSet } = field.flags
    ? { hint: { owner: `${layout.name}.${field.name}`, names: field.flags } }
    : {};
  const bits = fieldBits(layout, field, value, { ...env, ...flags });
  if (bits !== undefined) values.set(field.name, bits);
}

/** What a header's declaration says of a field that is computed. */
function isAuto(value: Expr, { scope }: Env): boolean {
  return (
    value.kind === 'Path' && value.segments.map((s) => s.name.text).join('.') === 'auto' && !scope.values.has('auto')
  );
}

function fieldBits(layout: Layout, field: Field, value: Expr, env: Env): bigint | undefined {
  if (isAuto(value, env)) {
    const near = `leave out \`${field.name}\`: what is not given is computed`;
    complain(env, unknownName, { name: 'auto', near }, { span: value.span });
    return undefined;
  }
  const typed = typeOf(value, env);
  if (typed.kind === 'error') return undefined;
  const wanted =
    field.type === 'int' ? typed.kind === 'int' : typed.kind === 'address' && typed.families.includes(field.type);
  if (!wanted || (typed.kind !== 'int' && typed.kind !== 'address')) {
    const expected = { int: 'a number', addr4: 'an IPv4 address', addr6: 'an IPv6 address', mac: 'a MAC address' }[
      field.type
    ];
    complain(env, typeMismatch, { expected, found: describe(typed) }, { span: value.span });
    return undefined;
  }
  const constant = constantOf(typed);
  if (constant === undefined) {
    complain(env, notConstant, { text: quote(env, value) }, { span: value.span });
    return undefined;
  }
  const high = (1n << BigInt(field.width)) - 1n;
  if (typed.kind === 'address') return BigInt.asUintN(field.width, constant);
  if (constant >= 0n && constant <= high) return constant;
  const p = { value: quote(env, value), what: `${layout.name}.${field.name}`, low: '0', high: `${high}` };
  complain(env, outOfRange, p, { span: value.span });
  return undefined;
}
