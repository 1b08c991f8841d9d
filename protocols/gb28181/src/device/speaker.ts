import { invite, type Call, type SipEndpoint } from '@wangge/sip';
import { audioPayloads, buildMedia, parseMedia } from '../media/offer.ts';
import { ssrcText } from '../media/ssrc.ts';
import { fromOf, sdpType, uriOf } from '../wire.ts';
import type { AudioGrant } from './types.ts';
import type { Uplink } from './uplink.ts';

/** Calls the platform for the sound that it has announced (§9.12). @throws SipError, GbError */
export async function fetchSound(
  endpoint: SipEndpoint,
  uplink: Uplink,
  targetId: string,
  grant: AudioGrant,
): Promise<Call> {
  const remote = uplink.remote!;
  const peer = { ...uplink.peer(remote), localId: targetId };
  const uri = uriOf(uplink.options.serverId, remote);
  const { address, port, transport, ssrc } = grant;
  const offer = buildMedia({
    kind: 'Play',
    media: 'audio',
    owner: targetId,
    address,
    port,
    transport,
    direction: 'recvonly',
    payloads: audioPayloads,
    ssrc,
    format: 'v/////a/1/8/1',
  });
  const { answered } = invite(endpoint, {
    uri,
    from: fromOf(peer),
    to: `<${uri}>`,
    contact: endpoint.contact(targetId, remote),
    remote,
    headers: { subject: `${uplink.options.serverId}:${ssrcText(ssrc)},${targetId}:1` },
    content: { type: sdpType, body: Buffer.from(offer, 'latin1') },
    timeoutMs: 10_000,
  });
  try {
    const { call, response } = await answered;
    void call.ended.then(() => grant.close());
    try {
      grant.start(parseMedia(response.body, { address: remote.host }));
    } catch (error) {
      void call.bye();
      throw error;
    }
    return call;
  } catch (error) {
    grant.close();
    throw error;
  }
}
