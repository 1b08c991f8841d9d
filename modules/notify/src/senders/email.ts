/** E-mail over SMTP. */
import { createTransport } from 'nodemailer';
import type { ChannelSettings } from '../contract/channels.ts';
import type { Send } from './sender.ts';

function responseCode(error: unknown): number {
  const code = (error as { responseCode?: unknown }).responseCode;
  return typeof code === 'number' ? code : 0;
}

/** The message's identifier stays the same over attempts, so that mailboxes which look at it keep one copy. */
export function emailSender(settings: ChannelSettings, domain: string): Send {
  const { host = '', security = 'starttls', user = '', password = '', from = '' } = settings;
  const transport = createTransport({
    host,
    port: settings.port ?? (security === 'tls' ? 465 : 587),
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (to, message) => {
    try {
      const sent = await transport.sendMail({
        from,
        to,
        subject: message.title,
        text: `${message.text}\n\n${message.link}\n`,
        textEncoding: 'base64',
        messageId: `<${message.key}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...(message.urgent ? { Importance: 'high' } : {}) },
      });
      return { ok: true, answer: `SMTP ${sent.response.slice(0, 3)}` };
    } catch (error) {
      const code = responseCode(error);
      if (code === 0) throw error;
      // 5xx is for ever, except where the credentials are what is wrong: somebody will mend them.
      return { ok: false, answer: `SMTP ${code}`, final: code >= 500 && code !== 530 && code !== 535 };
    } finally {
      transport.close();
    }
  };
}
