import { errorBody, type Bilingual, type ErrorCode } from '@wangge/contract-kit';

/** Why a call failed, ready to be shown: every failure has a code and a sentence in both languages. */
export class CallError extends Error {
  readonly code: ErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly text: Bilingual;
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;
  /** No answer at all: the network or the server is away, and trying again later may help. */
  readonly offline: boolean;

  constructor(
    code: ErrorCode,
    text: Bilingual,
    more: {
      status?: number;
      field?: string | undefined;
      details?: Readonly<Record<string, unknown>> | undefined;
      requestId?: string | undefined;
      offline?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(`${code}: ${text.en}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'CallError';
    this.code = code;
    this.text = text;
    this.status = more.status ?? 0;
    this.field = more.field;
    this.details = more.details ?? {};
    this.requestId = more.requestId;
    this.offline = more.offline ?? false;
  }
}

export function isCallError(error: unknown, code?: ErrorCode): error is CallError {
  return error instanceof CallError && (code === undefined || error.code === code);
}

/** The request never got an answer: refused, cut, or timed out. */
export function networkError(cause: unknown): CallError {
  return new CallError(
    'unavailable',
    {
      zh: '连不上服务器，请检查网络后重试。',
      en: 'The server cannot be reached. Please check the network and try again.',
    },
    { offline: true, cause },
  );
}

/**
 * The error that an answer with a status of 400 or more stands for. A body of another shape comes
 * from something in between (a proxy, a captive portal), so its text is not shown to people.
 */
export async function errorOfResponse(response: Response): Promise<CallError> {
  const parsed = errorBody.safeParse(await response.json().catch(() => null));
  if (parsed.success) {
    const { code, message, field, details, requestId } = parsed.data.error;
    return new CallError(code as ErrorCode, message, {
      status: response.status,
      field,
      details,
      requestId,
    });
  }
  const busy = response.status === 502 || response.status === 503 || response.status === 504;
  return new CallError(
    busy ? 'unavailable' : 'internal',
    {
      zh: `服务器的回应无法读取（${response.status}），请稍后再试。`,
      en: `The answer could not be read (${response.status}). Please try again in a moment.`,
    },
    { status: response.status, offline: busy },
  );
}
