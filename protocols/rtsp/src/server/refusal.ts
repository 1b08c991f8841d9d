import type { HeadersOut } from '../message.ts';
import { parseAddress, type RequestAddress } from './address.ts';

/** An answer that is no success. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: HeadersOut;

  constructor(status: number, headers: HeadersOut = {}) {
    super(`refused with ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

/** @throws Refusal (400) where it is no address of a stream */
export function addressOf(uri: string): RequestAddress {
  const address = parseAddress(uri);
  if (address === undefined) throw new Refusal(400);
  return address;
}
