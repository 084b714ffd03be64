/** A socket for tests: what is put in is received, what is sent is kept as verdicts, errors come when told. */
import { createSlots, LAYOUT, layOut, slotStart } from '../../../runtime/nfqueue/slots.js';
import type { NetlinkSocket } from '../../../runtime/nfqueue/socket.js';
import { sentVerdicts } from './sent.js';

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
    waitHere: () => void socket.waits++,
    close: () => void (socket.closed = true),
  };
  return socket;
}

function describeSent(view: DataView, start: number, end: number): string[] {
  const sent = sentVerdicts(view, start, end).map(({ one, accept, id, mark }) => {
    const marked = mark === undefined ? '' : ` mark ${mark.toString(16)}`;
    return `${one ? 'one: ' : ''}${accept ? 'accept' : 'drop'} ${id}${marked}`;
  });
  return sent.length > 0 ? sent : ['configure'];
}
