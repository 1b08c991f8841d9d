/** Ways out to people as an administrator sets them up. What is secret goes in and never comes out. */
import { defineRoute, idSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { messageKindNames } from './kinds.ts';

export const channelKinds = {
  sms: { zh: '短信网关', en: 'SMS gateway' },
  voice: { zh: '语音电话网关', en: 'Voice call gateway' },
  email: { zh: '电子邮件 (SMTP)', en: 'E-mail (SMTP)' },
  wecom: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  dingtalk: { zh: '钉钉群机器人', en: 'DingTalk group robot' },
  feishu: { zh: '飞书群机器人', en: 'Feishu group robot' },
} as const;
export type ChannelKind = keyof typeof channelKinds;
export const channelKindNames = Object.keys(channelKinds) as [ChannelKind, ...ChannelKind[]];
export const chatKinds = ['wecom', 'dingtalk', 'feishu'] as const satisfies readonly ChannelKind[];

const httpUrl = z.url({ protocol: /^https?$/ }).max(1000);
const secret = z.string().max(500);
/** Left out on a change: as it was. */
export const channelSettingsSchema = z.object({
  /** Of a gateway or robot; carries a key with some, so it is shown by its host only. */
  url: httpUrl.optional(),
  /** Shared key of a gateway (HMAC-SHA-256), or the signing secret of a robot. */
  key: secret.optional(),
  host: z.string().min(1).max(200).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  security: z.enum(['tls', 'starttls', 'none']).optional(),
  user: z.string().max(200).optional(),
  password: secret.optional(),
  from: z.string().min(3).max(200).optional(),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

export const channelSchema = z.object({
  id: idSchema,
  kind: z.enum(channelKindNames),
  name: z.string(),
  enabled: z.boolean(),
  kinds: z.array(z.enum(messageKindNames)),
  /** Host and port, without what is secret. */
  target: z.string(),
  shown: z.object({
    host: z.string().optional(),
    port: z.number().int().optional(),
    security: z.enum(['tls', 'starttls', 'none']).optional(),
    user: z.string().optional(),
    from: z.string().optional(),
  }),
  /** Which secrets are set. */
  has: z.array(z.enum(['url', 'key', 'password'])),
  changedAtMs: timeMs,
});
export type NotifyChannel = z.infer<typeof channelSchema>;

const access = { permission: 'notify.manage' } as const;
const byId = z.object({ id: idSchema });
const fields = {
  name: textSchema(60),
  enabled: z.boolean(),
  kinds: z.array(z.enum(messageKindNames)).max(5).default([]),
  settings: channelSettingsSchema,
};

export const listChannels = defineRoute({
  method: 'GET',
  path: '/api/notify/channels',
  summary: 'Ways out to people; secrets are not shown',
  access,
  response: z.object({
    channels: z.array(channelSchema),
    /** What carries text messages where no gateway is set up here. */
    sms: z.enum(['channel', 'environment', 'demo', 'none']),
  }),
});
export const createChannel = defineRoute({
  method: 'POST',
  path: '/api/notify/channels',
  summary: 'Set up a way out: a gateway, a mail server, a chat group',
  access,
  body: z.object({ kind: z.enum(channelKindNames), ...fields }),
  response: channelSchema,
});
export const updateChannel = defineRoute({
  method: 'PUT',
  path: '/api/notify/channels/:id',
  summary: 'Change a way out; what is left out of the settings stays',
  access,
  params: byId,
  body: z.object(fields),
  response: channelSchema,
});
export const deleteChannel = defineRoute({
  method: 'DELETE',
  path: '/api/notify/channels/:id',
  summary: 'Remove a way out',
  access,
  params: byId,
  response: z.object({ ok: z.literal(true) }),
});
export const testChannel = defineRoute({
  method: 'POST',
  path: '/api/notify/channels/:id/test',
  summary: 'Send a test message now and tell what the provider answered',
  access,
  ratePerMinute: 10,
  params: byId,
  body: z.object({ to: z.string().max(120).optional() }),
  response: z.object({ ok: z.boolean(), answer: z.string(), tookMs: z.number().int() }),
});
