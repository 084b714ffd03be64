/** What a word stands for. */
import type { SignatureDecl } from '../../../grammar/ast.js';
import type { Span } from '../../../grammar/diagnostic.js';
import { builtinSentence } from '../reading/builtins.js';
import { costOf } from '../reading/cost.js';
import {
  code,
  entryAt,
  fieldAt,
  type FieldPlace,
  headLine,
  type Origin,
  originOf,
  paragraphs,
  placeText,
  remarkBehind,
  sentenceAbove,
  wholeText,
} from '../reading/describe.js';
import { oneLine } from '../reading/source-text.js';
import { symbolAt, type SymbolUse, type View } from '../view.js';
import { moduleText, policyText } from './hover/modules.js';

export interface Hover {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** What is to be said of the word at an offset. */
export function hover(view: View, file: string, offset: number): Hover | undefined {
  const use = symbolAt(view, file, offset);
  const text = use && textOf(view, use);
  return text ? { span: use.span, text } : undefined;
}

function textOf(view: View, use: SymbolUse): string | undefined {
  const { kind, declared, name } = use;
  if (kind === 'builtin' || !declared) return builtinSentence(name);
  if (kind === 'file') return fileText(view, declared.file);
  const origin = originOf(view, declared);
  if (!origin) return undefined;
  const start = declared.start - origin.base;
  switch (kind) {
    case 'const':
    case 'param':
    case 'predicate':
    case 'view':
    case 'space':
      return wholeText(origin);
    case 'header':
      return paragraphs([code(headLine(origin)), origin.decl.doc, fieldList(origin)]);
    case 'field':
      return fieldText(view, origin, start, declared);
    case 'flag':
      return flagText(view, origin, start, declared.file);
    case 'entry':
      return entryText(view, origin, start, declared.file);
    case 'signature':
      return origin.decl.kind === 'Signature' ? signatureText(view, origin, origin.decl, declared) : undefined;
    case 'module':
      return origin.decl.kind === 'Module' ? moduleText(view, origin, origin.decl, declared.file) : undefined;
    case 'policy':
      return origin.decl.kind === 'Policy' ? policyText(view, origin, origin.decl, declared.file) : undefined;
    default:
      return localText(origin, use, start);
  }
}

function fileText(view: View, file: string): string {
  const doc = view
    .file(file)
    ?.parts.map(({ tree }) => tree.doc)
    .find((text) => text !== undefined);
  return paragraphs([`\`${file}\``, doc]);
}

function fieldList({ decl, text }: Origin): string | undefined {
  if (decl.kind !== 'Header') return undefined;
  const names = decl.items.flatMap((item) =>
    item.kind === 'Field' || item.kind === 'List' ? [text(item.name.span)] : [],
  );
  return names.length > 0 ? `Fields: ${names.map((name) => `\`${name}\``).join(', ')}` : undefined;
}

function fieldText(view: View, origin: Origin, start: number, declared: Span): string | undefined {
  const { decl, text } = origin;
  const found = fieldAt(decl, start);
  if (!found) return decl.kind === 'View' ? viewFieldText(view, origin, start, declared.file) : undefined;
  const { field, path, header } = found;
  const flags = field.flags?.map(({ name, value }) => `\`${name.text}\` ${text(value.span)}`).join(', ');
  const sentence = sentenceOf(view, origin, found, declared.file);
  const written = text(field.span).replace(/\s+/g, ' ').split('{')[0]?.trim() ?? '';
  return paragraphs([
    code(`${path.slice(0, path.length - field.name.text.length)}${written}`),
    placeText(found),
    flags && `Flags: ${flags}`,
    sentence,
    remarkBehind(view, declared.file, field.span.end + origin.base),
    sentence === undefined ? header.doc : undefined,
  ]);
}

/** What is said of a field; of one inside an entry that stands on one line, what is said of the entry. */
function sentenceOf(view: View, { base }: Origin, { field, entry }: FieldPlace, file: string): string | undefined {
  const own = sentenceAbove(view, file, field.span.start + base);
  return own ?? (entry && sentenceAbove(view, file, entry.span.start + base));
}

function viewFieldText(view: View, origin: Origin, start: number, file: string): string | undefined {
  const { decl, text, base } = origin;
  const item = decl.kind === 'View' ? decl.items.find(({ name }) => name.span.start === start) : undefined;
  if (decl.kind !== 'View' || !item) return undefined;
  const rule =
    item.kind === 'ViewField' && !item.last
      ? 'The field of the first of the joined headers that is present.'
      : undefined;
  const said =
    item.kind === 'ViewField' && item.last ? 'The last value that any header gave for what comes next.' : undefined;
  const sentence = sentenceAbove(view, file, item.span.start + base);
  return paragraphs([code(`${decl.name.text}.${oneLine(text(item.span))}`), sentence, rule, said, decl.doc]);
}

function flagText(view: View, { decl, text, base }: Origin, start: number, file: string): string | undefined {
  const fields = decl.kind === 'Header' ? decl.items.filter((item) => item.kind === 'Field') : [];
  for (const field of fields) {
    const flag = field.flags?.find(({ name }) => name.span.start === start);
    const value = flag && `${flag.name.text} = ${text(flag.value.span)}`;
    if (value && decl.kind === 'Header')
      return paragraphs([
        code(value),
        `A flag of \`${decl.name.text}.${field.name.text}\`.`,
        sentenceAbove(view, file, field.span.start + base),
      ]);
  }
  return undefined;
}

function entryText(view: View, { decl, text, base }: Origin, start: number, file: string): string | undefined {
  const found = entryAt(decl, start);
  if (!found || decl.kind !== 'Header') return undefined;
  const fields = found.entry.fields.map(({ name, type }) => `\`${name.text}: ${type.text}\``);
  const path = `${decl.name.text}.${found.list.name.text}`;
  const first = found.list.selector?.name.text ?? 'its first field';
  const sentence = sentenceAbove(view, file, found.entry.span.start + base);
  const value = found.entry.value ? text(found.entry.value.span) : undefined;
  return paragraphs([
    code(`${path}.${found.entry.name?.text ?? ''}`),
    value === undefined
      ? `An entry of \`${path}\`.`
      : `The first entry of \`${path}\` in which \`${first}\` is ${value}.`,
    fields.length > 0 ? `Fields: ${fields.join(', ')}` : undefined,
    sentence ?? decl.doc,
  ]);
}

function signatureText(view: View, origin: Origin, decl: SignatureDecl, declared: Span): string {
  const { text } = origin;
  const shown = decl.entries.filter(({ kind }) => kind !== 'Meta').map(({ span }) => text(span));
  const signature = view.signature(declared.file, declared.start);
  const cost = signature && costOf(signature);
  return paragraphs([
    code([`signature ${decl.name.text} {`, ...shown.map((entry) => `  ${entry}`), '}'].join('\n')),
    decl.doc,
    decl.module === undefined ? '' : `Of the module \`${decl.module}\`.`,
    cost && `By itself about **${cost.expected}** a packet, at worst ${cost.worst}: ${cost.reason}.`,
  ]);
}

/** Lets, occurrences, parameters, names of imports, both ends, lists: the line that declares them. */
function localText({ decl, text }: Origin, { kind, name }: SymbolUse, start: number): string | undefined {
  const whole = text(decl.span);
  const at = start - decl.span.start;
  const line =
    whole
      .slice(whole.lastIndexOf('\n', at) + 1)
      .split('\n')[0]
      ?.trim() ?? '';
  const what: Readonly<Partial<Record<SymbolUse['kind'], string>>> = {
    parameter: `A parameter of \`${decl.kind === 'Predicate' ? decl.name.text : ''}\`.`,
    occurrence: `What was found: \`${name}.start\` is the position of its first byte, \`${name}.end\` of the first byte behind it.`,
    ends: 'Either end: a comparison holds if one of the two does; `!=` and `not in` only if both do.',
    list: 'A list of entries.',
  };
  return line === '' ? undefined : paragraphs([code(line.replace(/\{\s*$/, '').trim()), what[kind]]);
}
