/** One event of a `text/event-stream` (HTML Living Standard §9.2.6). */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
  /** Last `id:` seen so far, as `Last-Event-ID` wants it. */
  readonly id: string;
}

export interface SseParser {
  /** Feed decoded text in pieces of any size; complete events come out in order. */
  push(text: string): readonly SseEvent[];
  /** Milliseconds the server asked to wait before reconnecting, when it did. */
  readonly retryMs: number | null;
}

/**
 * A parser of our own instead of EventSource, because EventSource hides heartbeats (comments), so a
 * half-open connection would look alive, and hides the status, so a lost session would look offline.
 */
export function sseParser(lastId = ''): SseParser {
  let rest = '';
  let event = '';
  let data: string[] = [];
  let id = lastId;
  let retryMs: number | null = null;

  const line = (text: string, out: SseEvent[]): void => {
    if (text === '') {
      if (data.length > 0) out.push({ event: event || 'message', data: data.join('\n'), id });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
  };

  return {
    push(text) {
      const out: SseEvent[] = [];
      rest += text;
      // A lone CR at the end may be half of CRLF: it waits for the next piece.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const each of lines) line(each, out);
      return out;
    },
    get retryMs() {
      return retryMs;
    },
  };
}
