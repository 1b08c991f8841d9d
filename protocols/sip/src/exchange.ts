import { authorize, type Credentials } from './auth/client.ts';
import type { SipEndpoint } from './endpoint.ts';
import { rejected, SipError } from './error.ts';
import type { SipRequest, SipResponse } from './message/message.ts';
import { parseCseq } from './message/via.ts';
import type { Remote } from './transport/transport.ts';

export interface ExchangeOptions {
  /** Answers one 401 or 407. */
  readonly credentials?: Credentials | undefined;
  /** Shorter than timer F (32 s), milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Sends a request other than INVITE and waits for its final answer, whatever its status.
 *
 * @throws SipError `timeout`, `transport`, `busy` or `closed`
 */
export async function exchange(
  endpoint: SipEndpoint,
  request: SipRequest,
  remote: Remote,
  options: ExchangeOptions = {},
): Promise<SipResponse> {
  const response = await once(endpoint, fresh(request), remote, options.timeoutMs);
  if ((response.status !== 401 && response.status !== 407) || !options.credentials) return response;
  const again = fresh(request);
  if (!authorize(again, response, options.credentials)) return response;
  const { seq, method } = parseCseq(again.headers.get('cseq'));
  again.headers.set('cseq', `${seq + 1} ${method}`);
  return once(endpoint, again, remote, options.timeoutMs);
}

/** Like `exchange`, but an answer ≥ 300 is thrown as SipError `rejected`. */
export async function exchangeOk(...args: Parameters<typeof exchange>): Promise<SipResponse> {
  const response = await exchange(...args);
  if (response.status >= 300) throw rejected(response);
  return response;
}

function once(
  endpoint: SipEndpoint,
  request: SipRequest,
  remote: Remote,
  timeoutMs: number | undefined,
): Promise<SipResponse> {
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    const transaction = endpoint.begin(request, remote, {
      onResponse: (response) => {
        if (response.status < 200) return;
        stop();
        resolve(response);
      },
      onFail: (error) => {
        stop();
        reject(error);
      },
      onDone: () => undefined,
    });
    if (timeoutMs === undefined) return;
    stop = endpoint.clock.after(timeoutMs, () => {
      reject(new SipError('timeout', request.method));
      transaction.close();
    });
  });
}

/** The caller's request stays as it is: every try gets its own Via. */
const fresh = (request: SipRequest): SipRequest => ({ ...request, headers: request.headers.clone() });
