/** Web push: the text is encrypted for one browser (RFC 8291), so that the push service cannot read it. */
import webpush from 'web-push';
import { post } from './http-out.ts';
import { type Outgoing, type Verdict, verdictOf } from './sender.ts';
import type { VapidKeys } from './vapid.ts';

export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}
/** `gone`: the browser wants no more, its subscription is to be forgotten. */
export type PushVerdict = Verdict & { readonly gone: boolean };

/** An address by which push services can reach the operator; they want HTTPS or mail. */
function subjectOf(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? publicUrl : `mailto:wangge@${new URL(publicUrl).hostname}`;
}

export async function pushTo(
  subscription: Subscription,
  message: Outgoing,
  keys: VapidKeys,
  publicUrl: string,
): Promise<PushVerdict> {
  const { endpoint, p256dh, auth } = subscription;
  const payload = JSON.stringify({
    title: message.title,
    body: message.text,
    url: message.path,
    tag: message.key,
    urgent: message.urgent,
  });
  let request: webpush.RequestDetails;
  try {
    request = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails: { subject: subjectOf(publicUrl), publicKey: keys.publicKey, privateKey: keys.privateKey },
      contentEncoding: 'aes128gcm',
      TTL: 86_400,
      urgency: message.urgent ? 'high' : 'normal',
      // A repetition takes the place of the first, which the phone has not seen yet (32 characters at most).
      topic: message.key.replaceAll('-', '').slice(0, 32),
    });
  } catch {
    return { ok: false, answer: 'the message could not be encrypted for this browser', final: true, gone: false };
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.toLowerCase() !== 'content-length') headers[name] = String(value);
  }
  const answer = await post(request.endpoint, headers, request.body ?? '', 'public');
  const gone = answer.status === 404 || answer.status === 410;
  const verdict = verdictOf(answer.status);
  return verdict.ok || !gone ? { ...verdict, gone } : { ...verdict, final: true, gone };
}
