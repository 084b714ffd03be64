/** Counts numbered datagrams: what arrived, what is missing, what came out of order. Runs in a process of its own. */

export interface UdpSinkOptions {
  readonly address: string;
  readonly port: number;
}

/** What a sink has seen; printed as one line of JSON at the end. */
export interface UdpReport {
  /** Datagrams that arrived, each number counted once. */
  readonly received: number;
  /** Numbers that arrived more than once. */
  readonly repeated: number;
  /** Datagrams that came after one with a higher number. */
  readonly reordered: number;
  /** Datagrams that began with something else than a number, and how they began. */
  readonly other: readonly string[];
}

/**
 * The program. A line `ready` says that it listens; the report comes when its standard input has ended and nothing more
 * arrives for a fifth of a second (what is still under way is not lost).
 */
export function udpSink(options: UdpSinkOptions): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket({ type: options.address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 << 20 });
  const seen = new Set<number>();
  const counts = { repeated: 0, reordered: 0, other: [] as string[] };
  let highest = -1;
  socket.on('message', (message) => {
    const text = message.toString('latin1', 0, 16);
    const number = /^#(\d+) /.exec(text)?.[1];
    if (number === undefined) return void counts.other.push(text);
    if (seen.has(+number)) counts.repeated++;
    seen.add(+number);
    if (+number < highest) counts.reordered++;
    highest = Math.max(highest, +number);
  });
  socket.bind(options.port, options.address, () => process.stdout.write('ready\n'));
  const report = (): void => {
    process.stdout.write(JSON.stringify({ received: seen.size, ...counts }) + '\n', () => process.exit(0));
  };
  process.stdin.resume().on('end', () => {
    const quiet = setTimeout(report, 200);
    socket.on('message', () => quiet.refresh());
  });
}
