/** What becomes of fragments: packets that nobody can judge whole, because the kernel did not put them together. */
import { report } from '../../grammar/diagnostic.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Judgement } from '../../runtime/engine/engine.js';
import { fragmentsArrive } from '../../runtime/nfqueue/diagnostics.js';
import { fragmentVersion } from '../../runtime/nfqueue/fragment.js';
import type { Packet } from '../../runtime/packet.js';

/** `drop`: a fragment goes on only where a signature says `pass`. `accept`: it is judged like any other packet. */
export type OnFragment = 'drop' | 'accept';

/** Fragments since the start, by version of IP. */
export interface FragmentCounts {
  ipv4: number;
  ipv6: number;
}

export interface FragmentPolicy {
  /** The judgements of a batch, with what becomes of its fragments. */
  apply(batch: readonly Packet[], judgements: readonly Judgement[]): readonly Judgement[];
  readonly counts: Readonly<FragmentCounts>;
}

/** `warn` is told once that fragments arrive, unless `wanted` says that this is known. */
export function fragmentPolicy(
  onFragment: OnFragment,
  wanted: boolean,
  warn: (diagnostic: Diagnostic) => void,
): FragmentPolicy {
  const counts: FragmentCounts = { ipv4: 0, ipv6: 0 };
  let told = wanted;
  const judge = (packet: Packet | undefined, judgement: Judgement): Judgement => {
    const version = packet && fragmentVersion(packet.bytes);
    if (version === undefined) return judgement;
    counts[version]++;
    if (!told) warn(report(fragmentsArrive, { dropped: onFragment === 'drop' }));
    told = true;
    const unwanted = onFragment === 'drop' && judgement.verdict === 'accept';
    return unwanted ? { ...judgement, verdict: 'drop' } : judgement;
  };
  return { counts, apply: (batch, judgements) => judgements.map((judgement, i) => judge(batch[i], judgement)) };
}
