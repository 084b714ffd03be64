/** The npm package `nfqueue` 0.3.2, as far as it is used here; it comes without types. */
declare module 'nfqueue' {
  /** One packet that waits for a verdict. */
  export interface PackagePacket {
    readonly info: {
      /** The packet's id; as a signed number, though the kernel's has no sign. */
      readonly id: number;
      /** The packet's mark. */
      readonly nfmark?: number;
    };
    readonly payload: Uint8Array;
    /** Tells the kernel. A mark of 0 is not set; what the kernel says to it cannot be learnt. */
    setVerdict(verdict: number, mark?: number): void;
  }

  /** A queue; it has no way to be closed, and as long as it runs the process does not end by itself. */
  export interface PackageQueue {
    /** Throws a TypeError without an error number where the kernel refuses. */
    open(queue: number, receiveBufferBytes: number): void;
    /** Hands over each packet as it comes. The process dies where `callback` throws. */
    run(callback: (packet: PackagePacket) => void): void;
    readonly NFQueuePacket: new (info: PackagePacket['info'], payload: Uint8Array) => PackagePacket;
  }

  export interface NfqueuePackage {
    readonly NFQueue: new () => PackageQueue;
    readonly NF_DROP: number;
    readonly NF_ACCEPT: number;
  }

  const nfqueue: NfqueuePackage;
  export default nfqueue;
}
