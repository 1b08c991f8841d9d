/** One try at a device's stream: a port is opened, the device is asked, packets become frames until it ends. */
import type { Runtime } from '@wangge/kernel';
import type { LinkProblem, SourceHandlers } from '../media/hub.ts';
import type { InnerOutput } from './inner-calls.ts';
import { askSip, InnerFailure } from './inner-client.ts';
import { type MediaPort, openMediaPort, type PortRange } from './media-port.ts';
import { RtpIntake } from './rtp-intake.ts';
import { SenderCheck } from './sender-check.ts';
import { pingEveryMs } from './sessions.ts';
import { WallClock } from './wall-clock.ts';

export interface StreamOptions {
  readonly deviceId: string;
  readonly channelId: string;
  readonly transport: 'udp' | 'tcp-passive' | 'tcp-active';
  readonly ports: PortRange;
  readonly mediaHost: string | undefined;
  readonly silentMs: number;
}
export interface StreamProblem {
  readonly problem: LinkProblem;
  readonly reason: string;
}

/** Of a device that sends before the answer to the question is here: a key picture of 4 MB. */
const mostEarly = 4000;

export class GbStream {
  readonly #rt: Runtime;
  readonly #options: StreamOptions;
  readonly #intake: RtpIntake;
  #early: { data: Buffer; host: string }[] = [];
  #check: SenderCheck | undefined;
  #answer: InnerOutput<'invite'> | undefined;
  #heardAtMs = 0;

  constructor(rt: Runtime, options: StreamOptions, handlers: SourceHandlers) {
    this.#rt = rt;
    this.#options = options;
    const wall = new WallClock();
    this.#intake = new RtpIntake({
      reorder: options.transport === 'udp',
      onTracks: (tracks) => handlers.onTracks(tracks),
      onFrame: (frame) => handlers.onFrame(frame, wall.at(frame.ptsUs)),
      encodingOf: (type) => this.#answer?.remote.payloads.find(({ payload }) => payload === type)?.encoding,
    });
  }

  /** Until it ends; null when it was stopped. Never rejects. */
  async run(signal: AbortSignal): Promise<StreamProblem | null> {
    let port: MediaPort | undefined;
    try {
      port = await openMediaPort(this.#options.transport, this.#options.ports, (data, host) => this.#take(data, host));
      if (signal.aborted) return null;
      this.#answer = await this.#invite(port.port);
      const { remote, deviceHost } = this.#answer;
      this.#begin(remote.address, deviceHost);
      // Devices behind a router name the address that they have inside.
      if (!signal.aborted) port.connect(deviceHost, remote.port);
      return await this.#watch(signal, this.#answer.sessionId);
    } catch (error) {
      return problemOf(error);
    } finally {
      port?.close();
      if (this.#answer) {
        await askSip(this.#rt, 'bye', { sessionId: this.#answer.sessionId }, 5000).catch(() => undefined);
      }
    }
  }

  #invite(port: number): Promise<InnerOutput<'invite'>> {
    const { deviceId, channelId, transport, mediaHost } = this.#options;
    const local = { port, transport, ...(mediaHost === undefined ? {} : { address: mediaHost }) };
    return askSip(this.#rt, 'invite', { deviceId, channelId, kind: 'live', local });
  }

  #begin(address: string, deviceHost: string): void {
    this.#heardAtMs = performance.now();
    this.#check = new SenderCheck([address, deviceHost], this.#heardAtMs);
    const early = this.#early;
    this.#early = [];
    for (const { data, host } of early) this.#take(data, host);
  }

  #take(data: Buffer, host: string): void {
    if (!this.#check) {
      if (this.#early.length < mostEarly) this.#early.push({ data, host });
      return;
    }
    const nowMs = performance.now();
    if (this.#check.admits(host, nowMs) && this.#intake.push(data)) this.#heardAtMs = nowMs;
  }

  /** Packets come, and the SIP process knows of the call: else it is over. */
  #watch(signal: AbortSignal, sessionId: string): Promise<StreamProblem | null> {
    return new Promise((done) => {
      const finish = (problem: StreamProblem | null): void => {
        clearInterval(silence);
        clearInterval(pings);
        signal.removeEventListener('abort', stop);
        done(problem);
      };
      const stop = (): void => finish(null);
      const silence = setInterval(
        () => {
          if (performance.now() - this.#heardAtMs < this.#options.silentMs) return;
          finish({ problem: 'faulty', reason: 'the device sends nothing' });
        },
        Math.min(1000, this.#options.silentMs / 4),
      );
      const pings = setInterval(() => {
        askSip(this.#rt, 'ping', { sessionId }, 5000).catch((error: unknown) => {
          // The SIP process may be starting anew: while packets come, that is no reason to end.
          if (error instanceof InnerFailure && error.code === 'session') {
            finish({ problem: 'offline', reason: 'the device hung up' });
          }
        });
      }, pingEveryMs);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
  }
}

function problemOf(error: unknown): StreamProblem {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof InnerFailure && error.code === 'refused') return { problem: 'faulty', reason };
  return { problem: 'offline', reason };
}
