/** Sends numbered datagrams at an even pace. Runs in a process of its own. */

export interface UdpSenderOptions {
  readonly address: string;
  readonly port: number;
  readonly count: number;
  /** Datagrams a second. */
  readonly rate: number;
  /** Bytes of each, at least 16. */
  readonly size: number;
  /** Instead of every `markEvery`th number one that begins with `mark`; the number follows. */
  readonly mark?: string;
  readonly markEvery?: number;
}

/** Instead of a `count`: they are sent until standard input ends. */
export type UdpStreamOptions = Omit<UdpSenderOptions, 'count'>;

/**
 * The program: `#0 …`, `#1 …`, each filled up with the letter `x`. Ends when the last is sent. Without `count` it says
 * `ready` before the first and how many there were after the last.
 */
export function udpSender(options: UdpStreamOptions & Partial<Pick<UdpSenderOptions, 'count'>>): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket(options.address.includes(':') ? 'udp6' : 'udp4');
  const datagram = (number: number): string => {
    const marked = options.mark !== undefined && number % (options.markEvery ?? 1) === 0;
    return `${marked ? options.mark : ''}#${number} `.padEnd(options.size, 'x');
  };
  let { count = Infinity } = options;
  let sent = 0;
  let done = 0;
  socket.connect(options.port, options.address, () => {
    const begin = performance.now();
    const timer = setInterval(() => {
      const due = Math.min(count, Math.ceil(((performance.now() - begin) / 1000) * options.rate));
      // The socket must take each before the next, or its own buffer is where datagrams are lost.
      for (; sent < due && sent - done < 64; sent++) {
        socket.send(datagram(sent), () => {
          if (++done === count) socket.close();
        });
      }
      if (sent === count) clearInterval(timer);
    }, 1);
    if (options.count !== undefined) return;
    process.stdout.write('ready\n');
    process.stdin.resume().once('end', () => {
      count = sent;
      process.stdout.write(`${sent}\n`);
      if (done === count) socket.close();
    });
  });
}
