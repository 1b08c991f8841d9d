/** A mail server that asks for a password. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly port: number;
  readonly mails: { to: string[]; text: string }[];
  close(): Promise<void>;
}
export async function mailServer(user: string, password: string): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === user && auth.password === password) done(null, { user });
      else done(Object.assign(new Error('wrong'), { responseCode: 535 }));
    },
    onRcptTo: (address, _session, done) => {
      done(address.address.startsWith('nobody@') ? Object.assign(new Error('unknown'), { responseCode: 550 }) : null);
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: session.envelope.rcptTo.map((a) => a.address), text: Buffer.concat(parts).toString() });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
