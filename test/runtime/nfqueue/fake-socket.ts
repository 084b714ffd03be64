/** A socket for tests: what is put in is received, what is sent is kept as verdicts, errors come when told. */
import { createSlots, LAYOUT, layOut, slotStart } from '../../../runtime/nfqueue/slots.js';
import type { NetlinkSocket } from '../../../runtime/nfqueue/socket.js';

/** One received datagram, or minus an error number. */
type Arrival = { readonly bytes: Uint8Array; readonly cut?: boolean };

export interface FakeSocket extends NetlinkSocket {
  /** Each call of `receive` takes one entry: a batch, or minus an error number. */
  readonly arrivals: (readonly Arrival[] | number)[];
  /** Each call of `send` that has an entry here fails with it. */
  readonly refusals: number[];
  /** Verdicts that were sent, as `accept 5`, `accept 6 mark 1f`, `drop 7`; a configuration as `configure`. */
  readonly sent: string[];
  waits: number;
  closed: boolean;
}

export function fakeSocket(room: Uint8Array<ArrayBuffer>): FakeSocket {
  const slots = createSlots(room);
  layOut(slots, 0n, 0n);
  const receive = (): number => {
    const arrival = socket.arrivals.shift() ?? -11;
    if (typeof arrival === 'number') return arrival;
    arrival.forEach((message, i) => {
      slots.bytes.set(message.bytes, slotStart(i));
      slots.control.view.setUint32(LAYOUT.headers + i * 64 + 56, message.bytes.length, true);
      slots.control.view.setUint32(LAYOUT.headers + i * 64 + 48, message.cut ? 0x20 : 0, true);
    });
    return arrival.length;
  };
  const socket: FakeSocket = {
    slots,
    arrivals: [],
    refusals: [],
    sent: [],
    waits: 0,
    closed: false,
    receive,
    receiveBriefly: receive,
    send: (length) => {
      const refusal = socket.refusals.shift();
      if (refusal !== undefined) return refusal;
      socket.sent.push(...describeSent(slots.control.view, LAYOUT.outgoing, LAYOUT.outgoing + length));
      return length;
    },
    wait: async () => {
      socket.waits++;
    },
    close: () => void (socket.closed = true),
  };
  return socket;
}

function describeSent(view: DataView, start: number, end: number): string[] {
  const sent: string[] = [];
  for (let at = start; at < end; at += view.getUint32(at, true)) {
    const verdict = view.getUint16(at + 4, true) === 0x0303;
    const word = view.getUint32(at + 24) === 1 ? 'accept' : 'drop';
    const mark = verdict && view.getUint32(at, true) > 32 ? ` mark ${view.getUint32(at + 36).toString(16)}` : '';
    sent.push(verdict ? `${word} ${view.getUint32(at + 28)}${mark}` : 'configure');
  }
  return sent;
}
