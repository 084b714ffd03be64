/** Behind each signature's name: what it costs a packet. */
import { costOf } from '../reading/cost.js';
import type { Stretch, View } from '../view.js';

export interface Hint {
  readonly at: number;
  readonly label: string;
  /** In Markdown. */
  readonly tooltip: string;
}

/** The hints of a stretch, in order. */
export function inlayHints(view: View, file: string, stretch: Stretch): readonly Hint[] {
  const source = view.file(file);
  if (!source) return [];
  return source.partsIn(stretch).flatMap(({ start, tree }) =>
    tree.declarations.flatMap((decl): Hint[] => {
      if (decl.kind !== 'Signature') return [];
      const [from, at] = [decl.name.span.start + start, decl.name.span.end + start];
      const signature = at < stretch.start || at > stretch.end ? undefined : view.signature(file, from);
      if (!signature) return [];
      const { expected, worst, reason } = costOf(signature);
      const tooltip = `By itself about **${expected}** a packet, at worst ${worst}, by the cost model of the compiled engine: ${reason}.`;
      return [{ at, label: `≈ ${expected}`, tooltip }];
    }),
  );
}
