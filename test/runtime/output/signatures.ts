/** Signatures for tests of the output, of which only the metadata matters. */
import type { Ruleset, Signature } from '../../../compiler/ruleset.js';

export function signature(name: string, metadata: Partial<Signature> = {}): Signature {
  return {
    name,
    id: 1000001,
    rev: 3,
    title: `title of ${name}`,
    severity: 'medium',
    class: 'attempted-recon',
    refs: [],
    tags: [],
    meta: {},
    when: undefined as never,
    log: true,
    verdict: 'accept',
    span: { file: 'x.sig', start: 0, end: 0 },
    ...metadata,
  };
}

export function ruleset(...signatures: readonly Signature[]): Ruleset {
  return { layouts: [], views: [], signatures, tests: [], modules: [], policies: [] };
}
