/** What may be said on the command line. */
import { parseArgs } from 'node:util';

export interface CommandOptions {
  readonly count: number;
  readonly data: string;
  readonly host: string;
  readonly rtspPort: number;
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  /** Cameras with an ONVIF device of their own: each has a port, from `onvifPort` on. */
  readonly onvif: number;
  readonly onvifPort: number;
  /** `sip:<platform's number>@<host>:<port>`. */
  readonly gb: { readonly serverId: string; readonly host: string; readonly port: number } | undefined;
  readonly gbPassword: string;
  readonly gbChannels: number;
  readonly enter: string | undefined;
  readonly login: string;
  readonly password: string;
}

export const usage = `npm run demo:cameras -- [N] [options]

Starts N cameras (16 unless told) that are not there: drawn scenes, sent by RTSP.

  --data DIR            where films are kept (data/demo-cameras)
  --host ADDRESS        listen there (127.0.0.1)
  --rtsp-port PORT      (8654)
  --user U --pass P     ask for a user and password (none)
  --onvif N             N of them are ONVIF devices too (0)
  --onvif-port PORT     of the first one; the others follow (8700)
  --gb sip:NUMBER@HOST:PORT   register at this platform as a GB/T 28181 recorder
  --gb-password P       (12345678)
  --gb-channels N       (as many as there are cameras)
  --enter URL           enter the cameras in the demo town that runs there
  --login L --password P      who enters them (diaodu, wangge-demo)
  --help`;

/** Undefined: help is wanted. @throws TypeError with one line that says what is wrong */
export function readOptions(args: readonly string[], defaultData: string): CommandOptions | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: text,
      host: text,
      'rtsp-port': text,
      user: text,
      pass: text,
      onvif: text,
      'onvif-port': text,
      gb: text,
      'gb-password': text,
      'gb-channels': text,
      enter: text,
      login: text,
      password: text,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  if (positionals.length > 1) throw new TypeError(`one number of cameras, not ${positionals.join(' ')}`);
  const count = whole('the number of cameras', positionals[0] ?? '16', 1, 10_000);
  const { user, pass = '', enter } = values;
  if (enter !== undefined && !URL.canParse(enter)) throw new TypeError(`--enter wants an address, not ${enter}`);
  return {
    count,
    data: values.data ?? defaultData,
    host: values.host ?? '127.0.0.1',
    rtspPort: whole('--rtsp-port', values['rtsp-port'] ?? '8654', 0, 65_535),
    credentials: user === undefined ? undefined : { user, password: pass },
    onvif: whole('--onvif', values.onvif ?? '0', 0, count),
    onvifPort: whole('--onvif-port', values['onvif-port'] ?? '8700', 0, 65_535),
    gb: values.gb === undefined ? undefined : platformOf(values.gb),
    gbPassword: values['gb-password'] ?? '12345678',
    gbChannels: whole('--gb-channels', values['gb-channels'] ?? String(count), 1, count),
    enter,
    login: values.login ?? 'diaodu',
    password: values.password ?? 'wangge-demo',
  };
}

function platformOf(text: string): { serverId: string; host: string; port: number } {
  const match = /^(?:sip:)?(\d{20})@([^:\s]+):(\d{1,5})$/.exec(text);
  if (match === null) throw new TypeError(`--gb wants sip:<20 digits>@<host>:<port>, not ${text}`);
  return { serverId: match[1]!, host: match[2]!, port: whole('the port of --gb', match[3]!, 1, 65_535) };
}

function whole(what: string, text: string, min: number, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new TypeError(`${what} has to be ${min} to ${max}, not ${text}`);
}
