/** Layouts, views, signatures, modules and policies as rows of fields. */
import {
  CHECKSUM_FUNCTIONS,
  CHECKSUM_PARTS,
  type Constraint,
  type Ends,
  type Field,
  type Initial,
  type Layout,
  type ListCase,
  type ListLayout,
} from '../logic/layout.js';
import type { Formula } from '../logic/formula.js';
import type { FieldPlace, Value } from '../logic/value.js';
import {
  type Actions,
  type Count,
  type Limit,
  type Mark,
  type Module,
  type Policy,
  type Reference,
  SEVERITIES,
  type Signature,
  VERDICTS,
  type View,
} from '../ruleset.js';
import {
  as,
  big,
  type Codec,
  type Fields,
  flag,
  list,
  natural,
  oneOf,
  optional,
  pair,
  record,
  union,
} from './codec.js';
import { closed, compareOperator, fieldPlace, index, spanOf, type Tables } from './values.js';

/** A kind of header. */
export function layoutOf(tables: Tables): Codec<Layout> {
  const { text, value, formula } = tables;
  const field = fieldOf(tables);
  const place = record<FieldPlace>(fieldPlace(text));
  const when = { space: text, value, when: formula };
  return record<Layout>({
    name: text,
    index,
    keys: list(record<Layout['keys'][number]>({ space: text, values: list(big) })),
    slots: index,
    repeats: flag,
    role: optional(oneOf<'link' | 'network' | 'transport'>(['link', 'network', 'transport'])),
    label: optional(text),
    fields: list(field),
    minimum: natural(),
    reach: natural(),
    size: value,
    lists: list(listLayoutOf(tables, field)),
    extent: optional(record<{ readonly value: Value; readonly when: Formula }>({ value, when: formula })),
    next: list(record<Layout['next'][number]>(when)),
    ends: optional(record<Ends>({ name: text, source: place, destination: place })),
  });
}

function fieldOf({ text }: Tables): Codec<Field> {
  const initial = union<Initial>({
    Auto: {},
    Value: { value: big },
    Checksum: { function: oneOf(CHECKSUM_FUNCTIONS), over: list(oneOf(CHECKSUM_PARTS)) },
  });
  const flags = as(
    list(pair(text, big)),
    (map: ReadonlyMap<string, bigint>) => [...map],
    (entries): ReadonlyMap<string, bigint> => new Map(entries),
  );
  return record<Field>({
    ...fieldPlace(text),
    peek: flag,
    flags: optional(flags),
    initial: optional(initial),
    constraint: optional(record<Constraint>({ operator: compareOperator, value: big })),
  });
}

function listLayoutOf({ text, value }: Tables, field: Codec<Field>): Codec<ListLayout> {
  const entry = record<ListCase>({
    value: optional(big),
    name: optional(text),
    action: oneOf<ListCase['action']>(['stop', 'skip', 'entry']),
    fields: list(field),
    minimum: natural(),
    size: value,
  });
  return record<ListLayout>({ name: text, start: natural(), until: value, selector: field, cases: list(entry) });
}

/** What several headers are called together. */
export function viewOf({ text, value }: Tables): Codec<View> {
  return record<View>({
    name: text,
    headers: list(index),
    fields: list(record<View['fields'][number]>({ name: text, value })),
  });
}

/** Bits of a packet's mark. */
const bits = natural(0xffff_ffff);

function actionFields(value: Codec<Value>): Fields<Actions> {
  return {
    log: flag,
    verdict: oneOf(VERDICTS),
    limit: optional(record<Limit>({ by: list(value), most: natural(), nanoseconds: big })),
    mark: optional(record<Mark>({ value: bits, mask: bits })),
    forward: optional(list(index)),
    delay: optional(big),
  };
}

/** A module without its signatures, which say where they stand. */
export function moduleOf({ text, formula, fileName }: Tables): Codec<Module> {
  return closed(record<Module>({ name: text, parent: optional(index), on: formula, span: spanOf(text, fileName) }));
}

/** A policy. */
export function policyOf({ text, value, set, fileName }: Tables): Codec<Policy> {
  const override = record<Policy['overrides'][number]>({
    signature: index,
    actions: record<Actions>(actionFields(value)),
  });
  const policy = record<Policy>({
    name: text,
    protect: list(record<Policy['protect'][number]>({ networks: set, modules: list(index) })),
    otherwise: oneOf<Policy['otherwise']>(['accept', 'drop']),
    disabled: list(index),
    overrides: list(override),
    span: spanOf(text, fileName),
  });
  return closed(policy);
}

/** One signature. */
export function signatureOf({ text, value, formula, fileName }: Tables): Codec<Signature> {
  const meta = as(
    list(pair(text, text)),
    (entries: Readonly<Record<string, string>>) => Object.entries(entries),
    (entries): Readonly<Record<string, string>> => Object.fromEntries(entries),
  );
  const signature = record<Signature>({
    name: text,
    id: natural(),
    rev: natural(),
    title: text,
    severity: oneOf(SEVERITIES),
    class: text,
    refs: list(record<Reference>({ kind: text, value: text })),
    tags: list(text),
    meta,
    when: formula,
    count: optional(record<Count>({ by: list(value), more: natural(), nanoseconds: big })),
    ...actionFields(value),
    module: optional(index),
    span: spanOf(text, fileName),
  });
  return closed(signature);
}
