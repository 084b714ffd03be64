/** Checks `view` declarations; what a view's fields mean is in `paths.ts`. */
import type { Name, ViewDecl, ViewField } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env, type HeaderInfo } from './context.js';
import { layoutProblem, unknownField, unknownName, wrongKind } from './diagnostics.js';
import type { View } from '../ruleset.js';
import { nameOfField } from './field-names.js';
import { noteDeclared, noteEither, noteSpace } from './notes.js';
import { viewField, viewHeaders } from './paths.js';
import { type Declared, KINDS } from './scope.js';

/** Every header that a view joins exists, and every field of it names one of each. */
export function checkView({ decl, file }: Declared<ViewDecl>, env: Env): void {
  const headers = viewHeaders(decl, file, env);
  noteHeaders(decl, env);
  const names = [...env.scope.values].filter(([, d]) => d.decl.kind === 'Header').map(([name]) => name);
  for (const { text, span } of decl.headers) {
    if (names.includes(text) || isOther(text, span, env)) continue;
    complain(env, unknownName, { name: text, near: didYouMean(text, names) }, { span });
  }
  if (headers.length !== decl.headers.length) return;
  for (const item of decl.items) {
    if (item.kind === 'Either') {
      if (env.context.note) noteEither(item, decl.items, env.context.note);
      for (const end of [item.source, item.destination]) checkEnd(decl, end, env);
    } else if (item.last) checkLast(item.last, env);
    else checkFields(item, headers, env);
  }
}

function checkLast(space: Name, env: Env): void {
  noteSpace(space, env);
  if (env.scope.spaces.has(space.text)) return;
  const near = didYouMean(space.text, env.scope.spaces.keys());
  complain(env, unknownName, { name: space.text, near }, { span: space.span });
}

function checkFields({ name, fields, span }: ViewField, headers: readonly HeaderInfo[], env: Env): void {
  if (fields.length !== headers.length) {
    const what = `\`${name.text}\` names ${fields.length} fields, the view joins ${headers.length} headers`;
    complain(env, layoutProblem, { what, help: 'give one field for each header, in the same order' }, { span });
    return;
  }
  for (const [i, { layout }] of headers.entries()) {
    const word = fields[i];
    const field = layout.fields.find((f) => f.name === word?.text);
    if (word && field) env.context.note?.(word, 'field', nameOfField(field)?.span);
    else if (word) {
      const near = didYouMean(
        word.text,
        layout.fields.map((f) => f.name),
      );
      complain(env, unknownField, { header: layout.name, field: word.text, near }, { span: word.span });
    }
  }
}

function noteHeaders(decl: ViewDecl, env: Env): void {
  for (const name of decl.headers) {
    const declared = env.scope.values.get(name.text);
    if (declared) noteDeclared(name, declared.decl, env);
  }
}

/** A name that is there, but is no header; whether that was so, and has been said. */
function isOther(name: string, span: Span, env: Env): boolean {
  const kind = env.scope.values.get(name)?.decl.kind;
  if (!kind) return false;
  const help = kind === 'View' ? 'a view joins headers: name those that this one joins' : undefined;
  complain(env, wrongKind, { name, is: KINDS[kind], expected: 'a header', help }, { span });
  return true;
}

function checkEnd(decl: ViewDecl, { text, span }: ViewDecl['name'], env: Env): void {
  const names = decl.items.flatMap((i) => (i.kind === 'ViewField' ? i.name.text : []));
  if (!names.includes(text))
    complain(env, unknownField, { header: decl.name.text, field: text, near: didYouMean(text, names) }, { span });
}

/** What the names of a view stand for, but for those of either direction. */
export function viewOf({ decl, file }: Declared<ViewDecl>, env: Env): View {
  const infos = viewHeaders(decl, file, env);
  const headers = infos.map(({ layout }) => layout.index);
  const refs = headers.map((layout) => ({ layout, slot: 0 }));
  const fields = decl.items.flatMap((item) => {
    const typed = viewField(decl, item.name.text, infos, refs, env);
    const isScalar = typed?.kind === 'int' || typed?.kind === 'address';
    return isScalar ? [{ name: item.name.text, value: typed.value }] : [];
  });
  return { name: decl.name.text, headers, fields };
}
