/** A WebSocket to a media worker: texts by the contract, binary pieces, nothing after it was closed. */
import { type FromWorker, fromWorkerSchema, type Ticket, type ToWorker } from '@wangge/video/contract';

export interface WireHandlers {
  readonly onMessage: (message: FromWorker) => void;
  readonly onPiece: (data: ArrayBuffer) => void;
  readonly onLost: () => void;
}
export interface Wire {
  send(message: ToWorker): void;
  close(): void;
}

/** `ws://…?ticket=…` from what the server answered. */
export function wireUrl(ticket: Pick<Ticket, 'wsUrl' | 'ticket'>, page: string): string {
  const url = new URL(ticket.wsUrl, page);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  url.searchParams.set('ticket', ticket.ticket);
  return url.href;
}

/** Null for what is no message that this player knows: a newer worker may say more. */
export function readMessage(text: string): FromWorker | null {
  try {
    const parsed = fromWorkerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function openWire(ticket: Ticket, handlers: WireHandlers): Wire {
  const socket = new WebSocket(wireUrl(ticket, location.href));
  socket.binaryType = 'arraybuffer';
  let over = false;
  const lost = (): void => {
    if (over) return;
    over = true;
    handlers.onLost();
  };
  socket.addEventListener('message', ({ data }) => {
    if (over) return;
    if (data instanceof ArrayBuffer) return handlers.onPiece(data);
    const message = readMessage(String(data));
    if (message) handlers.onMessage(message);
  });
  socket.addEventListener('close', lost);
  socket.addEventListener('error', lost);
  const early: ToWorker[] = [];
  socket.addEventListener('open', () => early.splice(0).forEach((message) => socket.send(JSON.stringify(message))));
  return {
    send(message) {
      if (socket.readyState === WebSocket.CONNECTING) early.push(message);
      else if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      over = true;
      socket.close();
    },
  };
}
