/** One packet as a driver received it. */
export interface Packet {
  /** LINKTYPE number (as in pcap) that says how `bytes` begins: 1 Ethernet, 101 raw IPv4 or IPv6. NFQUEUE gives 101. */
  readonly link: number;
  /** The bytes that were captured. Valid until the driver is asked for the next batch. */
  readonly bytes: Uint8Array;
  /** Length on the wire in bytes; more than `bytes.length` where the capture or the queue cut the packet. */
  readonly wireLength: number;
  /** When it was seen, in nanoseconds since 1970-01-01 UTC. */
  readonly time: bigint;
}
