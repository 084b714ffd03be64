/** A rename keeps what runs: the logic and the code of rules, to the byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLogic } from '../../../compiler/artefact/logic.js';
import { compileModule } from '../../../compiler/backend/wasm/compile.js';
import { link } from '../../../compiler/link/link.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { rename } from '../../../editor/service/features/rename.js';
import type { View } from '../../../editor/service/view.js';
import { runs } from '../../support/runs.js';
import { applied, MAIN, viewing } from './marked.js';

const NAMED = new Set(['name', 'title', 'space', 'label']);

/** The same with every name and place empty. */
function nameless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameless);
  if (value instanceof Map) return new Map();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === 'span') return [key, { file: '', start: 0, end: 0 }];
      return [key, NAMED.has(key) && typeof part === 'string' ? '' : nameless(part)];
    }),
  );
}

describe('a rename keeps the compiled bytes', () => {
  const FILES = {
    'main.sig': `import "./lib.sig"
import "./lib.sig" as lib
param home = { 10.0.0.0/8 }
const needle = "ab" + "c"
header extra in ip_proto 200 {
  kind : u8 = A { A 1 B 2 }
  len : u8
  size len + 2
}
predicate near(from, far) = payload contains needle at from + far
signature one {
  id 1
  let n = payload.u16(0)
  let m = n + 1
  when ip.src in home and payload contains needle as x and n > 5 and m < 500 and near(3, limit)
  count by ip.src > 5 per 10s
  then log, limit 1 per 1m by ip.src
}
signature two {
  id 2
  when is_web(tcp.dst_port) and lib.is_web(tcp.src_port) and tcp.flags has SYN | lib.both and extra.kind has A
  then drop
}
module web in tcp on tcp.dst_port in { 80 } or tcp.dst_port == lib.limit {
  signature three {
    id 3
    when payload contains "x" as x and payload.u8(x.end) == 1
    then log, limit 1 per 1m, forward far
  }
}
module far in lib.outer { }
signature four { id 4 when udp then forward lib.outer, mark lib.limit, forward web }
policy campus {
  protect home with web, outer
  protect 10.2.0.0/16 with lib.outer
  disable three
  disable lib.inner
  override four then drop
  override lib.six then log, forward far
  otherwise drop
}
test "t" under campus {
  packet { ipv4  extra { kind A  len 0 } }
  expect none
}
test "u" {
  under lib.night
  packet { ipv4 tcp }
  expect lib.six
}
`,
    'lib.sig':
      'const limit = 5\nconst web = { 80, 443 }\nconst both = tcp.SYN\npredicate is_web(port) = port in web\nmodule outer {\n  signature six { id 6 when tcp then log }\n}\nmodule inner in outer {\n  signature five { id 5 when tcp.dst_port in web then log, forward beside }\n}\nmodule beside { }\npolicy night { protect 10.0.0.0/8 with outer disable five }\n',
  };
  const view = viewing(FILES['main.sig'], { 'lib.sig': FILES['lib.sig'] });
  const errors = view.diagnostics(MAIN).filter(({ severity }) => severity === 'error');
  const uses = ['main.sig', 'lib.sig'].flatMap((file) => view.symbolsIn(`/w/${file}`, { start: 0, end: Infinity }));
  const own = uses.filter(({ declared, kind }) => declared?.file.startsWith('/w/') && kind !== 'file');

  /** The two sections that run, without the names that the author gave and without places: those a rename does change. */
  function bytes(of: View): { readonly logic: Uint8Array; readonly code: Uint8Array } {
    const ruleset = of.ruleset(MAIN);
    if (!ruleset) throw new Error('no ruleset');
    // The module of the engine has names, too: its functions', for a debugger.
    const { layouts, views, signatures, modules, policies } = nameless(ruleset) as Ruleset;
    const [policy] = policies;
    if (!policy) throw new Error('no policy');
    const bare = { layouts, views, signatures, tests: [], modules, policies, policy };
    return { logic: encodeLogic({ ruleset: bare, lines: [] }, (file) => file), code: compileModule(link(bare)) };
  }

  it('for every name and every place of it, or is refused', () => {
    expect(errors).toEqual([]);
    const before = bytes(view);
    const names = [
      'fresh',
      'count',
      'home',
      'x',
      'n',
      'SYN',
      'A',
      'kind',
      'one',
      'web',
      'limit',
      'port',
      'lib',
      'tcp',
      'near',
      'flags',
      'outer',
      'inner',
      'three',
      'five',
      'campus',
      'night',
      'far',
      'forward',
    ];
    const outcomes = { done: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.constantFrom(...names), ({ span }, newName) => {
        const edits = rename(view, span.file, span.start, newName);
        if ('why' in edits) return void outcomes.refused++;
        outcomes.done++;
        const after = applied(FILES, edits);
        const now = viewing(after['main.sig'] ?? '', { 'lib.sig': after['lib.sig'] ?? '' });
        const problems = now.diagnostics(MAIN);
        expect(
          problems.filter(({ severity }) => severity === 'error'),
          JSON.stringify(after),
        ).toEqual([]);
        expect(bytes(now)).toEqual(before);
      }),
      { numRuns: runs(100) },
    );
    expect(outcomes.done).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});
