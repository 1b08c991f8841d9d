import type { GbMessage, MessageOf, OtherMessage } from '../message/codec.ts';
import type { PendingAnswers } from './answers.ts';
import type { PlatformEvents } from './types.ts';

/** End of a recording that is played or downloaded (2016 §9.8). */
const endOfFile = 121;

/** Hands the messages of devices to who waits for them, or to the events. */
export class Inbox {
  readonly #events: PlatformEvents;
  readonly #answers: PendingAnswers;
  readonly #onEndOfFile: (deviceId: string, message: MessageOf<'mediaStatus'>, callId: string) => void;

  constructor(
    events: PlatformEvents,
    answers: PendingAnswers,
    onEndOfFile: (deviceId: string, message: MessageOf<'mediaStatus'>, callId: string) => void,
  ) {
    this.#events = events;
    this.#answers = answers;
    this.#onEndOfFile = onEndOfFile;
  }

  /** Gives an alarm back, which wants an answer of its own. Never throws. */
  take(
    deviceId: string,
    message: GbMessage | OtherMessage | undefined,
    callId: string,
  ): MessageOf<'alarm'> | undefined {
    try {
      return message && this.#take(deviceId, message, callId);
    } catch (error) {
      this.#events.onError?.(error);
      return undefined;
    }
  }

  #take(deviceId: string, message: GbMessage | OtherMessage, callId: string): MessageOf<'alarm'> | undefined {
    if (message.type === 'other' || !this.#answers.give(deviceId, message)) {
      switch (message.type) {
        case 'keepalive':
          this.#events.onKeepalive?.(deviceId, message);
          break;
        case 'alarm':
          this.#events.onAlarm?.(deviceId, message);
          return message;
        case 'catalog':
        case 'catalogNotify':
          this.#events.onCatalog?.(deviceId, message.items ?? []);
          break;
        case 'mobilePosition':
          this.#events.onPosition?.(deviceId, message);
          break;
        case 'mediaStatus':
          if (message.notifyType === endOfFile) this.#onEndOfFile(deviceId, message, callId);
          break;
        default:
          this.#events.onMessage?.(deviceId, message);
      }
    }
    return undefined;
  }
}
