import { expect, test } from 'vitest';
import { settingsFrom } from '../src/admin/notify/setting-fields.ts';

test('an empty field of a channel is left out, so that it stays as it was', () => {
  expect(settingsFrom({ url: ' https://a.example/x ', key: '', security: 'tls' })).toEqual({
    url: 'https://a.example/x',
  });
  expect(
    settingsFrom({ host: 'smtp.example', port: null, security: 'tls', user: ' ', password: 'p', from: 'a@b.c' }),
  ).toEqual({ host: 'smtp.example', security: 'tls', password: 'p', from: 'a@b.c' });
});
