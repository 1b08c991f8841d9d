/** A camera as the register holds it. Duties by State Council decree 799 (public-security video), docs/privacy.md. */
import { idSchema, placeSchema, textSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** Who may look depends on it. */
export const cameraClasses = {
  public: { zh: '公共区域', en: 'Public place' },
  /** Playback and export need a second person's approval. */
  restricted: { zh: '限制查看', en: 'Restricted' },
  /** Of a household that agreed: the owner sees who looked, and can pause it. */
  household: { zh: '农户自有', en: 'Household' },
} as const;
export type CameraClass = keyof typeof cameraClasses;
export const cameraClassNames = Object.keys(cameraClasses) as [CameraClass, ...CameraClass[]];

/** What is known of its line, by whoever pulled or asked last. */
export const linkStates = {
  unknown: { zh: '未检测', en: 'Not tried yet' },
  online: { zh: '在线', en: 'Online' },
  offline: { zh: '离线', en: 'Offline' },
  refused: { zh: '密码错误', en: 'Password refused' },
  /** Answers, but what it sends is of no use. */
  faulty: { zh: '码流异常', en: 'Faulty stream' },
} as const;
export type LinkState = keyof typeof linkStates;
export const linkStateNames = Object.keys(linkStates) as [LinkState, ...LinkState[]];

export const cameraTagSchema = textSchema(20);
const degreesOfCircle = z.number().min(0).lt(360);
const dateSchema = z.iso.date();
const rtspUrl = z
  .url({ protocol: /^rtsp$/ })
  .max(500)
  // A password in an address ends up in lists and logs; it has a field of its own.
  .refine((url) => !/^rtsp:\/\/[^/]*@/.test(url), 'user and password have their own fields');

/** How it is reached. Passwords go in and never come out. */
export const sourceInputSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rtsp'),
    mainUrl: rtspUrl,
    /** The smaller picture, for walls and phones. */
    subUrl: rtspUrl.nullable().default(null),
    user: z.string().max(100).nullable().default(null),
    /** Left out at a change: stays as it is. */
    password: z.string().max(200).optional(),
  }),
  z.object({
    kind: z.literal('onvif'),
    host: z.string().min(1).max(253),
    port: z.number().int().min(1).max(65_535).default(80),
    user: z.string().max(100).nullable().default(null),
    password: z.string().max(200).optional(),
    /** Tokens of media profiles; null: the first one and the smallest one. */
    mainProfile: z.string().max(100).nullable().default(null),
    subProfile: z.string().max(100).nullable().default(null),
  }),
  z.object({
    kind: z.literal('gb28181'),
    /** Numbers of 20 digits. */
    deviceId: z.string().regex(/^\d{20}$/),
    channelId: z.string().regex(/^\d{20}$/),
    transport: z.enum(['udp', 'tcp-passive', 'tcp-active']).default('tcp-passive'),
  }),
]);
export type SourceInput = z.output<typeof sourceInputSchema>;
/** What the register shows of it: the same without passwords. */
export const sourceSchema = z.object({
  kind: z.enum(['rtsp', 'onvif', 'gb28181']),
  /** `rtsp://10.0.0.8/ch1`, `10.0.0.8:80`, `device/channel`. */
  address: z.string(),
  mainUrl: z.string().nullable(),
  subUrl: z.string().nullable(),
  user: z.string().nullable(),
  hasPassword: z.boolean(),
  /** Chosen media profiles of ONVIF; null: the first one and the smallest one. */
  mainProfile: z.string().nullable(),
  subProfile: z.string().nullable(),
  deviceId: z.string().nullable(),
  channelId: z.string().nullable(),
  transport: z.enum(['udp', 'tcp-passive', 'tcp-active']).nullable(),
});
export type CameraSource = z.infer<typeof sourceSchema>;

/** Which way it looks, for the cone on the map; null where nobody knows. */
export const viewConeSchema = z.object({
  bearingDeg: degreesOfCircle,
  angleDeg: z.number().min(1).max(360),
  distanceM: z.number().int().min(1).max(2000),
});
export type ViewCone = z.infer<typeof viewConeSchema>;

export const recordingModes = {
  off: { zh: '不录像', en: 'Off' },
  always: { zh: '全天', en: 'Always' },
  schedule: { zh: '按时段', en: 'By schedule' },
} as const;
export type RecordingMode = keyof typeof recordingModes;
export const recordingPlanSchema = z
  .object({
    mode: z.enum(['off', 'always', 'schedule']),
    variant: z.enum(['main', 'sub']).default('main'),
    /** Minutes of the town's day and days of the week, Monday is 1; an end before the beginning is of the next day. */
    spans: z
      .array(
        z.object({
          weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
          fromMin: z.number().int().min(0).max(1439),
          toMin: z.number().int().min(1).max(1440),
        }),
      )
      .max(20)
      .default([]),
    /** What must be kept at least: decree 799 §17 asks for 30 days. */
    floorDays: z.number().int().min(1).max(365).default(30),
    /** What is deleted at the latest. */
    ceilingDays: z.number().int().min(1).max(365).default(90),
  })
  .refine((plan) => plan.ceilingDays >= plan.floorDays, { path: ['ceilingDays'] })
  .refine((plan) => plan.mode !== 'schedule' || plan.spans.length > 0, { path: ['spans'] });
export type RecordingPlan = z.output<typeof recordingPlanSchema>;

/** What the law wants to know of a camera. */
export const dutiesSchema = z.object({
  responsibleBody: textSchema(100),
  legalBasis: textSchema(200),
  /** Filed with the county's police within 30 days; null: not yet. */
  filedOn: dateSchema.nullable().default(null),
  filingNumber: textSchema(60).nullable().default(null),
  installedOn: dateSchema.nullable().default(null),
  /** When somebody saw that the sign is there. */
  signSeenOn: dateSchema.nullable().default(null),
});
export type CameraDuties = z.output<typeof dutiesSchema>;

const fields = {
  name: textSchema(60),
  /** The owner's own number, or the 20 digits of GB/T 28181. */
  code: textSchema(40).nullable().default(null),
  class: z.enum(cameraClassNames),
  place: placeSchema.omit({ accuracyM: true }),
  address: textSchema(200).nullable().default(null),
  cone: viewConeSchema.nullable().default(null),
  tags: z.array(cameraTagSchema).max(20).default([]),
  group: textSchema(60).nullable().default(null),
  hasPtz: z.boolean().default(false),
  hasSpeaker: z.boolean().default(false),
  duties: dutiesSchema,
  recording: recordingPlanSchema,
  /** Account of the household that it belongs to; only and always with class `household`. */
  ownerAccountId: idSchema.nullable().default(null),
};
export const cameraInputSchema = z
  .object({ ...fields, source: sourceInputSchema })
  .refine((c) => (c.class === 'household') === (c.ownerAccountId !== null), { path: ['ownerAccountId'] });
export type CameraInput = z.output<typeof cameraInputSchema>;

export const cameraSchema = z.object({
  ...fields,
  id: idSchema,
  version: z.number().int(),
  areaId: idSchema,
  areaName: z.string(),
  source: sourceSchema,
  ownerName: z.string().nullable(),
  /** The household wants nobody to look for now. */
  pausedAtMs: timeMs.nullable(),
  link: z.enum(linkStateNames),
  /** Since when it is so. */
  linkSinceMs: timeMs.nullable(),
  linkReason: z.string().nullable(),
  lastFrameAtMs: timeMs.nullable(),
  /** Of the main stream, as last seen: `h264`, 1280, 720. */
  codec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  stillAtMs: timeMs.nullable(),
  retiredAtMs: timeMs.nullable(),
  /** What the caller may do with it. */
  may: z.object({
    watch: z.boolean(),
    playback: z.boolean(),
    export: z.boolean(),
    steer: z.boolean(),
    edit: z.boolean(),
    pause: z.boolean(),
  }),
});
export type Camera = z.infer<typeof cameraSchema>;

/** Few fields for the map and for choosing: thousands at once. */
export const cameraPinSchema = z.object({
  id: idSchema,
  name: z.string(),
  areaId: idSchema,
  class: z.enum(cameraClassNames),
  lon: z.number(),
  lat: z.number(),
  cone: viewConeSchema.nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  link: z.enum(linkStateNames),
  hasPtz: z.boolean(),
  paused: z.boolean(),
  records: z.boolean(),
});
export type CameraPin = z.infer<typeof cameraPinSchema>;
