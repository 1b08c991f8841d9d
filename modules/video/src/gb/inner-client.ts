/** Asks the SIP process for something, wherever it runs. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import { sipNode } from '../media/nodes.ts';
import {
  innerCalls,
  innerFailureSchema,
  innerHeader,
  type InnerInput,
  type InnerName,
  type InnerOutput,
  innerPurpose,
} from './inner-calls.ts';

/** `absent`: no SIP process; else as the SIP process says (codes of `GbError`, `session`). */
export class InnerFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'InnerFailure';
    this.code = code;
  }
}

/**
 * @param timeoutMs devices are slow: an INVITE may take 18 s
 * @throws InnerFailure
 */
export async function askSip<N extends InnerName>(
  rt: Runtime,
  name: N,
  input: InnerInput<N>,
  timeoutMs = 25_000,
): Promise<InnerOutput<N>> {
  const node = await rt.system('video', sipNode);
  if (!node) throw new InnerFailure('absent', 'the SIP process is not running');
  const { path, output } = innerCalls[name];
  const body = JSON.stringify(input);
  const ms = String(Date.now());
  let response: Response;
  try {
    response = await fetch(new URL(path, node.innerUrl), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        [innerHeader]: `${ms}.${rt.keys.sign(innerPurpose, ms, path, body)}`,
      },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new InnerFailure('absent', error instanceof Error ? error.message : String(error));
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return output.parse(answer) as InnerOutput<N>;
  const failure = innerFailureSchema.safeParse(answer);
  throw new InnerFailure(failure.data?.code ?? 'internal', failure.data?.message ?? `status ${response.status}`);
}

/** For people: the device is not there, does not answer, or says no. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof InnerFailure)) return error;
  const guard = { device: 'device-offline', timeout: 'device-silent', refused: 'device-refused' }[error.code];
  return guard === undefined
    ? new AppError('unavailable', { cause: error })
    : new AppError('guard-failed', { details: { guard }, cause: error });
}
