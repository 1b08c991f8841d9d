import { describe, expect, test } from 'vitest';
import { deviceName } from '../src/account/device-name.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const cases = [
  ['Chrome · Android', `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${webkit} Chrome/126.0.0.0 Mobile Safari/537.36`],
  ['Chrome · Linux', `Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/126.0.0.0 Safari/537.36`],
  ['Firefox · Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  ['Firefox · Android', 'Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0'],
  [
    'Edge · Windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
  ],
  [
    'Edge · Android',
    `Mozilla/5.0 (Linux; Android 10; HD1913) ${webkit} Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0.0.0`,
  ],
  [
    'Safari · macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  ],
  [
    'Safari · iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome · iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'WeChat · Android',
    `Mozilla/5.0 (Linux; Android 13; V2203A) ${webkit} Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49`,
  ],
  [
    'WeCom · Android',
    `Mozilla/5.0 (Linux; Android 13; V2203A) ${webkit} Chrome/116.0.0.0 Mobile Safari/537.36 wxwork/4.1 MicroMessenger/7.0.1`,
  ],
  [
    'Huawei Browser · HarmonyOS',
    `Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) ${webkit} Chrome/114.0.0.0 HuaweiBrowser/15.0 Mobile Safari/537.36`,
  ],
] as const;

describe('deviceName', () => {
  test.each(cases)('%s', (name, userAgent) => expect(deviceName(userAgent)).toBe(name));
  test('what is unknown is shown as it is, cut', () => {
    expect(deviceName('curl/8.5.0')).toBe('curl/8.5.0');
    expect(deviceName('x'.repeat(100))).toHaveLength(40);
    expect(deviceName('')).toBe('');
  });
});
