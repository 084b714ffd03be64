/** Checks `view` declarations; what a view's fields mean is in `paths.ts`. */
import type { ViewDecl } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env } from './context.js';
import { layoutProblem, unknownField, unknownName, wrongKind } from './diagnostics.js';
import type { View } from '../ruleset.js';
import { viewField, viewHeaders } from './paths.js';
import { type Declared, KINDS } from './scope.js';

/** Every header that a view joins exists, and every field of it names one of each. */
export function checkView({ decl, file }: Declared<ViewDecl>, env: Env): void {
  const headers = viewHeaders(decl, file, env);
  const names = [...env.scope.values].filter(([, d]) => d.decl.kind === 'Header').map(([name]) => name);
  for (const { text, span } of decl.headers) {
    if (names.includes(text) || isOther(text, span, env)) continue;
    complain(env, unknownName, { name: text, near: didYouMean(text, names) }, { span });
  }
  if (headers.length !== decl.headers.length) return;
  for (const item of decl.items) {
    if (item.kind === 'Either') {
      for (const end of [item.source, item.destination]) checkEnd(decl, end, env);
      continue;
    }
    if (item.last) {
      if (!env.scope.spaces.has(item.last.text)) {
        const near = didYouMean(item.last.text, env.scope.spaces.keys());
        complain(env, unknownName, { name: item.last.text, near }, { span: item.last.span });
      }
      continue;
    }
    if (item.fields.length !== headers.length) {
      const what = `\`${item.name.text}\` names ${item.fields.length} fields, the view joins ${headers.length} headers`;
      complain(
        env,
        layoutProblem,
        { what, help: 'give one field for each header, in the same order' },
        { span: item.span },
      );
      continue;
    }
    for (const [i, { layout }] of headers.entries()) {
      const word = item.fields[i];
      const names = layout.fields.map((f) => f.name);
      if (!word || names.includes(word.text)) continue;
      complain(
        env,
        unknownField,
        { header: layout.name, field: word.text, near: didYouMean(word.text, names) },
        { span: word.span },
      );
    }
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
