import type { ChannelSettings } from '@wangge/notify/contract';

export interface SettingFields {
  url?: string;
  key?: string;
  host?: string;
  port?: number | null;
  security?: 'tls' | 'starttls' | 'none';
  user?: string;
  password?: string;
  from?: string;
}

/** What was filled in: an empty field is left out, and stays as it was. */
export function settingsFrom(fields: SettingFields): ChannelSettings {
  const settings: ChannelSettings = {};
  for (const name of ['url', 'key', 'host', 'user', 'password', 'from'] as const) {
    const value = fields[name]?.trim() ?? '';
    if (value !== '') settings[name] = value;
  }
  if (typeof fields.port === 'number') settings.port = fields.port;
  if (fields.security !== undefined && settings.host !== undefined) settings.security = fields.security;
  return settings;
}
