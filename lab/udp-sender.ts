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

/** The program: `#0 …`, `#1 …`, each filled up with the letter `x`. Ends when the last is sent. */
export function udpSender(options: UdpSenderOptions): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket(options.address.includes(':') ? 'udp6' : 'udp4');
  const datagram = (number: number): string => {
    const marked = options.mark !== undefined && number % (options.markEvery ?? 1) === 0;
    return `${marked ? options.mark : ''}#${number} `.padEnd(options.size, 'x');
  };
  let sent = 0;
  let done = 0;
  socket.connect(options.port, options.address, () => {
    const begin = performance.now();
    const timer = setInterval(() => {
      const due = Math.min(options.count, Math.ceil(((performance.now() - begin) / 1000) * options.rate));
      // The socket must take each before the next, or its own buffer is where datagrams are lost.
      for (; sent < due && sent - done < 64; sent++) {
        socket.send(datagram(sent), () => {
          if (++done === options.count) socket.close();
        });
      }
      if (sent === options.count) clearInterval(timer);
    }, 1);
  });
}
