/** The control socket: whoever may open it may give orders. */
import { createServer, type Socket } from 'node:net';
import { DEFAULT_LIMITS, type Handler, type Limits, refusal, serve } from './client-session.js';
import { tooManyClients } from './diagnostics.js';
import { listenOn, listenOnDescriptor } from './socket-file.js';

/** Clients at a time; each has one request in hand at most. */
const MOST_CLIENTS = 16;

export interface ControlServer {
  /** Takes the socket away, and leaves the clients. */
  readonly close: () => void;
}

/** Opens the socket, or takes one that listens there already; throws a `Problem` where that cannot be. */
export async function openControl(
  path: string,
  handle: Handler,
  { opened, ...limits }: Partial<Limits> & { readonly opened?: number | undefined } = {},
): Promise<ControlServer> {
  const clients = new Set<Socket>();
  // A client may close its end when it has asked, and still wants the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    if (clients.size >= MOST_CLIENTS) {
      socket.on('error', () => undefined); // it did not wait to be told
      socket.end(refusal(null, tooManyClients, { most: MOST_CLIENTS }), () => socket.destroy());
      return;
    }
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
    void serve(socket, handle, { ...DEFAULT_LIMITS, ...limits });
  });
  const remove = await (opened === undefined ? listenOn(server, path) : listenOnDescriptor(server, path, opened));
  server.on('error', () => undefined); // a client that could not be accepted, as descriptors have run out
  process.once('exit', remove);
  return {
    close: () => {
      process.removeListener('exit', remove);
      remove();
      server.close();
      for (const client of clients) client.destroy();
    },
  };
}
