import { systemClock, type Clock } from './clock.ts';
import { SipError } from './error.ts';
import type { EndpointOptions, EndpointStats } from './endpoint-options.ts';
import { DialogTable } from './dialog/table.ts';
import { createResponse, serialize, type ResponseParts } from './message/build.ts';
import type { SipMessage, SipRequest, SipResponse } from './message/message.ts';
import { faultOf } from './message/validate.ts';
import { parseVia, stampVia, type Via } from './message/via.ts';
import { newBranch, newTag } from './random.ts';
import { buildCancel } from './transaction/ack.ts';
import { ClientTransaction, type ClientEvents } from './transaction/client.ts';
import type { TransactionCore } from './transaction/core.ts';
import { clientKey, serverKey } from './transaction/key.ts';
import { ServerTransaction } from './transaction/server.ts';
import { standardTimers } from './transaction/timers.ts';
import { localAddressFor } from './transport/local-address.ts';
import { RateLimiter } from './transport/rate-limit.ts';
import { openTcp } from './transport/tcp.ts';
import type { Remote, Transport, TransportEvents, TransportName } from './transport/transport.ts';
import { openUdp } from './transport/udp.ts';

const tcpDefaults = { maxConnections: 10_000, idleMs: 600_000, connectMs: 5000 };

/** One SIP user agent on a UDP and/or TCP port: transports, transactions and dialogs (RFC 3261). */
export class SipEndpoint {
  readonly clock: Clock;
  readonly stats: EndpointStats = { received: 0, sent: 0, malformed: 0, limited: 0, stray: 0 };
  readonly dialogs = new DialogTable();
  readonly #options: EndpointOptions;
  readonly #core: TransactionCore;
  readonly #sources: RateLimiter;
  readonly #transports = new Map<TransportName, Transport>();
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #localHosts = new Map<string, string>();
  #closed = false;

  constructor(options: EndpointOptions) {
    this.#options = options;
    this.clock = options.clock ?? systemClock;
    const timers = options.timers ?? standardTimers;
    this.#core = { clock: this.clock, timers, send: (bytes, remote) => this.#send(bytes, remote) };
    this.#sources = new RateLimiter(options.sourceLimit ?? { perSecond: 500, burst: 5000 }, this.clock);
  }

  get core(): TransactionCore {
    return this.#core;
  }

  /** Binds its ports. @throws when one is taken */
  async start(): Promise<void> {
    const events: TransportEvents = {
      admit: (host) => this.#sources.admit(host),
      onMessage: (message, source) => this.#receive(message, source),
      onRefused: (why) => (why === 'rate' ? this.stats.limited++ : this.stats.malformed++),
      onClosed: () => undefined,
    };
    const { udp, tcp, tcpLimits } = this.#options;
    try {
      if (udp) this.#transports.set('udp', await openUdp(udp, events));
      if (tcp) this.#transports.set('tcp', await openTcp(tcp, events, this.clock, { ...tcpDefaults, ...tcpLimits }));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** The bound port. @throws SipError when that transport was not asked for */
  port(transport: TransportName): number {
    return this.#transport(transport).port;
  }

  /** This side's address as `remote` sees it, for Contact and Via. */
  localAddress(remote: Remote): { host: string; port: number } {
    const transport = this.#transport(remote.transport);
    return {
      host: this.#options.advertise ?? transport.localHost(remote) ?? this.#localHost(remote.host),
      port: transport.port,
    };
  }

  /** A Contact value for `user` towards `remote`. */
  contact(user: string, remote: Remote): string {
    const { host, port } = this.localAddress(remote);
    const shown = host.includes(':') ? `[${host}]` : host;
    return `<sip:${user}@${shown}:${port}${remote.transport === 'tcp' ? ';transport=tcp' : ''}>`;
  }

  /** Adds Via and sends in a transaction of its own; the events tell what becomes of it. */
  begin(request: SipRequest, remote: Remote, events: ClientEvents): ClientTransaction {
    if (this.#closed) throw new SipError('closed', 'endpoint closed');
    if (this.#clients.size >= (this.#options.maxTransactions ?? 50_000)) throw new SipError('busy', 'transactions');
    this.#addVia(request, remote);
    return this.#run(request, remote, events);
  }

  /** CANCEL for a pending INVITE of this endpoint; what becomes of it shows in the INVITE's own answer. */
  cancel(invite: ClientTransaction): void {
    invite.expectEnd();
    this.#run(buildCancel(invite.request), invite.remote, { onResponse: ignore, onFail: ignore, onDone: ignore });
  }

  /** Sends without a transaction: the ACK of a 2xx (RFC 3261 §13.2.2.4). Gives the bytes, for repeating them. */
  sendAck(ack: SipRequest, remote: Remote): () => void {
    this.#addVia(ack, remote);
    const bytes = serialize(ack);
    const send = (): void => void this.#send(bytes, remote).catch(ignore);
    send();
    return send;
  }

  /** Ends all transactions and dialogs without a word to the peers, frees ports and timers. */
  async close(): Promise<void> {
    this.#closed = true;
    this.dialogs.closeAll();
    for (const transaction of [...this.#clients.values(), ...this.#servers.values()]) transaction.close();
    await Promise.all([...this.#transports.values()].map((transport) => transport.close()));
    this.#transports.clear();
  }

  /** Transactions alive, for tests and metrics. */
  get pending(): { clients: number; servers: number } {
    return { clients: this.#clients.size, servers: this.#servers.size };
  }

  #run(request: SipRequest, remote: Remote, events: ClientEvents): ClientTransaction {
    const key = clientKey(request, parseVia(request.headers.values('via')[0] ?? ''));
    const transaction = new ClientTransaction(this.#core, request, remote, {
      ...events,
      onDone: () => {
        this.#clients.delete(key);
        events.onDone();
      },
    });
    this.#clients.set(key, transaction);
    transaction.start();
    return transaction;
  }

  #addVia(request: SipRequest, remote: Remote): void {
    const { host, port } = this.localAddress(remote);
    const shown = host.includes(':') ? `[${host}]` : host;
    const via = `SIP/2.0/${remote.transport.toUpperCase()} ${shown}:${port};rport;branch=${newBranch()}`;
    request.headers.prepend('via', via);
    const { userAgent } = this.#options;
    if (userAgent && !request.headers.has('user-agent')) request.headers.add('user-agent', userAgent);
  }

  async #send(bytes: Buffer, remote: Remote): Promise<void> {
    this.stats.sent++;
    await this.#transport(remote.transport).send(bytes, remote);
  }

  #transport(name: TransportName): Transport {
    const transport = this.#transports.get(name);
    if (!transport) throw new SipError(this.#closed ? 'closed' : 'transport', `no ${name} transport`);
    return transport;
  }

  #localHost(remoteHost: string): string {
    const bound = this.#options.udp?.host ?? this.#options.tcp?.host ?? '0.0.0.0';
    if (bound !== '0.0.0.0' && bound !== '::') return bound;
    let host = this.#localHosts.get(remoteHost);
    if (host === undefined) {
      host = localAddressFor(remoteHost);
      if (this.#localHosts.size > 5000) this.#localHosts.clear();
      this.#localHosts.set(remoteHost, host);
    }
    return host;
  }

  #receive(message: SipMessage, source: Remote): void {
    if (this.#closed) return;
    this.stats.received++;
    try {
      const fault = faultOf(message);
      if (message.kind === 'response') return fault ? void this.stats.malformed++ : this.#receiveResponse(message);
      if (fault === 'via') return void this.stats.malformed++;
      const via = stampVia(message.headers, source);
      if (fault) return this.#refuse(message, source, via, { status: 400 });
      this.#receiveRequest(message, source, via);
    } catch (error) {
      // Whatever a message does, the next one is read.
      this.#options.onError?.(error);
    }
  }

  #receiveResponse(response: SipResponse): void {
    const top = parseVia(response.headers.values('via')[0] ?? '');
    const transaction = this.#clients.get(clientKey(response, top));
    if (transaction) transaction.receive(response);
    else this.stats.stray++;
  }

  #receiveRequest(request: SipRequest, source: Remote, via: Via): void {
    const { method } = request;
    const known = this.#servers.get(serverKey(request, via, method === 'ACK' ? 'INVITE' : method));
    if (method === 'ACK') return this.#receiveAck(request, known);
    if (known) return known.receiveAgain();
    const limit = this.#options.maxTransactions ?? 50_000;
    if (this.#servers.size >= limit || this.#options.admit?.(request, source) === false) {
      this.stats.limited++;
      // Over a stream nothing comes again by itself: say so.
      if (source.transport === 'tcp')
        this.#refuse(request, source, via, { status: 503, headers: { 'retry-after': 5 } });
      return;
    }
    const transaction = this.#serve(request, source, via);
    if (method === 'CANCEL') return this.#receiveCancel(transaction, via);
    if (method === 'INVITE') transaction.respond({ status: 100 });
    const handle = this.dialogs.find(request)?.receive ?? this.#outside;
    this.#guard(transaction, handle);
  }

  readonly #outside = (transaction: ServerTransaction): void | Promise<void> => {
    // A To tag names a dialog that is not here any more (RFC 3261 §12.2.2).
    const gone = /;\s*tag\s*=/i.test(transaction.request.headers.get('to') ?? '');
    if (gone && transaction.request.method !== 'MESSAGE') return transaction.respond({ status: 481 });
    return this.#options.onRequest(transaction);
  };

  #guard(transaction: ServerTransaction, handle: (transaction: ServerTransaction) => void | Promise<void>): void {
    const failed = (error: unknown): void => {
      transaction.respond({ status: 500 });
      this.#options.onError?.(error);
    };
    try {
      handle(transaction)?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  #serve(request: SipRequest, source: Remote, via: Via): ServerTransaction {
    const key = serverKey(request, via, request.method);
    const replyTo = replyAddress(source, via);
    const transaction = new ServerTransaction(this.#core, request, source, replyTo, () => this.#servers.delete(key));
    this.#servers.set(key, transaction);
    return transaction;
  }

  #receiveAck(ack: SipRequest, known: ServerTransaction | undefined): void {
    if (known?.receiveAck()) return;
    const dialog = this.dialogs.find(ack);
    if (dialog) dialog.receiveAck(ack);
    else this.stats.stray++;
  }

  #receiveCancel(cancel: ServerTransaction, via: Via): void {
    const invite = this.#servers.get(serverKey(cancel.request, via, 'INVITE'));
    cancel.respond({ status: invite ? 200 : 481 });
    invite?.receiveCancel();
  }

  #refuse(request: SipRequest, source: Remote, via: Via, parts: ResponseParts): void {
    if (request.method === 'ACK') return;
    const response = createResponse(request, { toTag: newTag(), ...parts });
    this.#send(serialize(response), replyAddress(source, via)).catch(ignore);
  }
}

function ignore(): void {}

/**
 * RFC 3261 §18.2.2 and RFC 3581 §4. Without rport the answer goes to the port that Via names, except where Via
 * names another host than the sender's: then there is a NAT between, and only the port it came from leads back.
 */
function replyAddress(source: Remote, via: Via): Remote {
  if (source.transport === 'tcp' || via.params.has('rport') || via.params.has('received')) return source;
  return { ...source, port: via.port ?? 5060 };
}
