import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { mediaUrlOf } from '../src/media-url.ts';
import { chooseMediaPort } from '../src/network.ts';

describe('where video is', () => {
  const tls = { kind: 'self' } as const;
  it.each([
    ['beside the platform', { publicUrl: 'http://127.0.0.1:8080', mediaUrl: null, tls: null }, 'http://127.0.0.1:8081'],
    [
      'with its certificate',
      { publicUrl: 'https://town.example:8443', mediaUrl: null, tls },
      'https://town.example:8081',
    ],
    ['behind its proxy', { publicUrl: 'https://town.example', mediaUrl: null, tls: null }, 'https://town.example'],
    [
      'as it was told',
      { publicUrl: 'https://a.example', mediaUrl: 'https://b.example', tls: null },
      'https://b.example',
    ],
    ['by IPv6', { publicUrl: 'http://[::1]:8080', mediaUrl: null, tls: null }, 'http://[::1]:8081'],
  ])('is %s', (_where, setup, url) => expect(mediaUrlOf(setup, 8081)).toBe(url));

  it('takes another port where nobody told one and its own is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const at = { host: '127.0.0.1', port: port - 1 };
    expect(await chooseMediaPort({ ...at, mediaPort: null })).toBe(0);
    await expect(chooseMediaPort({ ...at, mediaPort: port })).rejects.toThrow(/is taken/);
    expect(await chooseMediaPort({ ...at, port: 0, mediaPort: null })).toBe(0);
    blocker.close();
  });
});
