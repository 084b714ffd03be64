/** What becomes of fragments: packets that nobody can judge whole, because the kernel did not put them together. */
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import type { Judgement } from '../../runtime/engine/engine.js';
import { fragmentsArrive } from '../../runtime/nfqueue/diagnostics.js';
import { fragmentFate, fragmentVersion } from '../../runtime/nfqueue/fragment.js';
import type { PacketBatch } from '../../runtime/packet-batch.js';

/** `drop`: a fragment goes on only where a signature says `pass`. `accept`: it is judged like any other packet. */
export type OnFragment = 'drop' | 'accept';

/** Fragments since the start, by version of IP. */
export interface FragmentCounts {
  ipv4: number;
  ipv6: number;
}

export interface FragmentPolicy {
  /** The judgements of a batch, with what becomes of its fragments. */
  apply(batch: PacketBatch, judgements: readonly Judgement[]): readonly Judgement[];
  readonly counts: Readonly<FragmentCounts>;
}

/** What `fragmentFate` says, done; `warn` is told once. */
export function fragmentPolicy(
  onFragment: OnFragment | undefined,
  installed: boolean,
  warn: (diagnostic: Diagnostic) => void,
): FragmentPolicy {
  const counts: FragmentCounts = { ipv4: 0, ipv6: 0 };
  const fate = fragmentFate(onFragment, installed);
  let quiet = fate !== 'warn';
  const judge = (batch: PacketBatch, index: number, judgement: Judgement): Judgement => {
    const version = fragmentVersion(batch.memory, batch.address(index), batch.captured(index));
    if (version === undefined) return judgement;
    counts[version]++;
    if (!quiet) warn(report(fragmentsArrive, undefined));
    quiet = true;
    return fate === 'drop' && judgement.verdict === 'accept' ? { ...judgement, verdict: 'drop' } : judgement;
  };
  return { counts, apply: (batch, judgements) => judgements.map((judgement, i) => judge(batch, i, judgement)) };
}
