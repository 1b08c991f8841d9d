import { describe, expect, it } from 'vitest';
import { type RawOptions, parseOptions } from '../src/options.ts';

const parse = (raw: RawOptions, env: Record<string, string> = {}) => parseOptions(raw, env);

describe('options of the start', () => {
  it('serves the demo on this machine unless told otherwise', () => {
    expect(parse({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      demo: true,
      publicUrl: 'http://127.0.0.1:8080',
      databaseUrl: null,
      tls: null,
      roles: ['media', 'sip', 'api', 'jobs'],
      mediaPort: null,
      mediaUrl: null,
    });
  });

  it('reads the environment, and lets the command line win', () => {
    const env = { PORT: '9001', WANGGE_DATA: '/srv/w', PUBLIC_URL: 'https://w.example.cn/', WANGGE_ROLES: 'jobs' };
    expect(parse({}, env)).toMatchObject({
      port: 9001,
      dataDir: '/srv/w',
      publicUrl: 'https://w.example.cn',
      roles: ['jobs'],
    });
    expect(parse({ port: '9002' }, env).port).toBe(9002);
    expect(parse({}, { PORT: '' }).port).toBe(8080);
  });

  it.each<[RawOptions, Record<string, string>, RegExp]>([
    [{ port: 'many' }, {}, /--port/],
    [{ port: '70000' }, {}, /--port/],
    [{}, { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL: must look like postgres/],
    [{ mediaPort: '70000' }, {}, /--media-port/],
    [{}, { PUBLIC_MEDIA_URL: 'wss://wangge.example.cn' }, /^PUBLIC_MEDIA_URL: must look like https/],
    [{}, { PUBLIC_URL: 'wangge.example.cn' }, /^PUBLIC_URL: must look like https/],
    [{ tlsCert: 'a.crt' }, {}, /belong together/],
    [{ tlsCert: 'a.crt', tlsKey: 'a.key', tlsSelf: true }, {}, /--tls-self makes its own/],
    [{ trustedProxies: '10.0.0.0/99' }, {}, /--trusted-proxies/],
    [{ trustedProxies: 'everyone' }, {}, /--trusted-proxies/],
    [{ roles: 'api,cook' }, {}, /WANGGE_ROLES/],
    [{ roles: ' , ' }, {}, /WANGGE_ROLES/],
    [{ empty: true, demoPublic: true }, {}, /exclude each other/],
    [{ host: '0.0.0.0' }, {}, /passwords are public/],
    [{ host: '192.0.2.7', empty: true }, {}, /Plain HTTP on 192\.0\.2\.7 is refused/],
    [{ host: '::', empty: true }, {}, /Plain HTTP/],
  ])('refuses %j %j in one line', (raw, env, line) => {
    const refuse = () => parse(raw, env);
    expect(refuse).toThrow(line);
    expect(refuse).toThrow(/^[^\n]*$/);
  });

  it.each<RawOptions>([
    { host: '0.0.0.0', demoPublic: true },
    { host: '0.0.0.0', empty: true, tlsSelf: true },
    { host: '127.0.0.9', empty: true },
    { host: '::1', empty: true },
    { host: 'localhost', empty: true, trustedProxies: 'loopback, 10.0.0.0/8,2001:db8::/32' },
  ])('accepts %j', (raw) => {
    expect(() => parse(raw)).not.toThrow();
  });

  it('lets others reach a public demo without being told the address', () => {
    expect(parse({ demoPublic: true }).host).toBe('0.0.0.0');
  });
});
