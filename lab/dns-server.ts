/** A name server that knows one address (RFC 1035 4.1). Runs in a process of its own. */

export interface DnsServerOptions {
  readonly port: number;
}

/** The program: answers every query with the address 203.0.113.2. A line `ready` says that it listens. */
export function dnsServer(options: DnsServerOptions): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket('udp6');
  socket.on('message', (query, from) => {
    // The header and the first question stand as they came; the name ends at the first empty label.
    const question = query.subarray(0, query.indexOf(0, 12) + 5);
    const answer = Buffer.from('c00c00010001000000ff0004cb007102', 'hex');
    const reply = Buffer.concat([question, answer]);
    reply.writeUInt16BE(0x8180, 2);
    reply.writeUInt16BE(1, 6);
    reply.fill(0, 8, 12);
    socket.send(reply, from.port, from.address);
  });
  socket.bind(options.port, '::', () => process.stdout.write('ready\n'));
}
