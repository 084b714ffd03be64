/** The npm package `nfqueue` for tests: packets come when told, verdicts are kept. */
import type { NfqueuePackage, PackagePacket, PackageQueue } from 'nfqueue';

const NF_DROP = 0;
const NF_ACCEPT = 1;

export interface FakePackage {
  readonly nfqueue: NfqueuePackage;
  /** What was opened; undefined as long as nothing was. */
  opened: { readonly queue: number; readonly bufferBytes: number } | undefined;
  /** Verdicts in order: `accept 5`, `drop 7`. */
  readonly verdicts: string[];
  /** Hands a packet over, as the event loop does in the package. */
  readonly arrive: (id: number, payload?: Uint8Array) => void;
}

/** `refusal`: what opening throws. */
export function fakePackage(refusal?: string): FakePackage {
  let callback: ((packet: PackagePacket) => void) | undefined;
  const verdicts: string[] = [];
  class NFQueuePacket implements PackagePacket {
    readonly info: PackagePacket['info'];
    readonly payload: Uint8Array;
    constructor(info: PackagePacket['info'], payload: Uint8Array) {
      this.info = info;
      this.payload = payload;
    }
    setVerdict(verdict: number): void {
      verdicts.push(`${verdict === NF_ACCEPT ? 'accept' : 'drop'} ${this.info.id >>> 0}`);
    }
  }
  class NFQueue implements PackageQueue {
    readonly NFQueuePacket = NFQueuePacket;
    open(queue: number, bufferBytes: number): void {
      if (refusal !== undefined) throw new TypeError(refusal);
      fake.opened = { queue, bufferBytes };
    }
    run(wanted: (packet: PackagePacket) => void): void {
      callback = wanted;
    }
  }
  const fake: FakePackage = {
    nfqueue: { NFQueue, NF_DROP, NF_ACCEPT },
    opened: undefined,
    verdicts,
    arrive: (id, payload = Uint8Array.of(0x45, id & 255)) => callback?.(new NFQueuePacket({ id: id | 0 }, payload)),
  };
  return fake;
}
