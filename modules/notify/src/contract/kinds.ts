/** Kinds of messages that a person may choose ways for, and the ways. */
import { z } from 'zod';

export const messageKinds = {
  order: { zh: '工单', en: 'Orders' },
  deadline: { zh: '时限提醒', en: 'Deadlines' },
  supervision: { zh: '督办与上报', en: 'Supervision and escalation' },
  report: { zh: '我上报的事件', en: 'My own reports' },
  system: { zh: '系统提醒', en: 'System notices' },
} as const;
export type MessageKind = keyof typeof messageKinds;
export const messageKindNames = Object.keys(messageKinds) as [MessageKind, ...MessageKind[]];

/** Beside the inbox, which holds everything. In the order in which they stand in for one another. */
export const personalChannels = {
  push: { zh: '浏览器推送', en: 'Browser push' },
  sms: { zh: '短信', en: 'Text message' },
  voice: { zh: '语音电话', en: 'Voice call' },
  email: { zh: '电子邮件', en: 'E-mail' },
} as const;
export type PersonalChannel = keyof typeof personalChannels;
export const personalChannelNames = Object.keys(personalChannels) as [PersonalChannel, ...PersonalChannel[]];

export const deliveryChannelNames = [...personalChannelNames, 'chat'] as const;
export type DeliveryChannel = (typeof deliveryChannelNames)[number];

export const choicesSchema = z.record(z.enum(messageKindNames), z.array(z.enum(personalChannelNames)).max(4));
export type Choices = z.infer<typeof choicesSchema>;
