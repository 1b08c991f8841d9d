/** What the staff module offers over HTTP: signing in, accounts, departments, posts, duty, positions. */
import {
  defineEvent,
  defineRoute,
  idSchema,
  langSchema,
  pageOf,
  pageQuery,
  placeSchema,
  roleSchema,
  textSchema,
  timeMs,
} from '@wangge/contract-kit';
import { z } from 'zod';

export { setLanguage } from './contract/language.ts';
export * from './contract/able.ts';

export const departmentSchema = z.object({
  id: idSchema,
  code: z.string(),
  name: z.string(),
  /** Duty telephone of the department; public. */
  phone: z.string().nullable(),
  /** Its telephone is the town's duty line; at most one department's is. */
  isDuty: z.boolean(),
});
export type Department = z.infer<typeof departmentSchema>;

export const postSchema = z.object({
  id: idSchema,
  role: roleSchema,
  areaId: idSchema,
  areaPath: z.string(),
  areaName: z.string(),
  departmentId: idSchema.nullable(),
  departmentName: z.string().nullable(),
});
export type Post = z.infer<typeof postSchema>;

export const accountSchema = z.object({
  id: idSchema,
  login: z.string(),
  name: z.string(),
  /** Masked (`138****0001`) unless revealed with a purpose. */
  phone: z.string().nullable(),
  enabled: z.boolean(),
  secondFactor: z.boolean(),
  lockedUntilMs: timeMs.nullable(),
  lastSeenMs: timeMs.nullable(),
  posts: z.array(postSchema),
});
export type Account = z.infer<typeof accountSchema>;

const loginName = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[a-z0-9][a-z0-9._-]*$/);
const password = z.string().min(10).max(200);
const phone = z.string().regex(/^\+?[0-9-]{5,20}$/);

export const meSchema = z.object({
  account: accountSchema,
  /** Names of the permissions this person holds anywhere. */
  permissions: z.array(z.string()),
  mustChangePassword: z.boolean(),
  mustEnrolSecondFactor: z.boolean(),
  onDuty: z.boolean(),
  lang: langSchema,
  /** In which messages are written. */
  messageLang: langSchema,
  town: z.object({ name: z.string(), demo: z.boolean(), center: placeSchema.nullable() }),
  serverTimeMs: timeMs,
});
export type Me = z.infer<typeof meSchema>;

/** Sets the session cookie. `second-factor-required` asks for `totp`; five failures lock for 15 minutes. */
export const logIn = defineRoute({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in',
  access: 'public',
  ratePerMinute: 30,
  body: z.object({
    login: z.string().min(1).max(40),
    password: z.string().min(1).max(200),
    totp: z
      .string()
      .regex(/^[0-9]{6}$/)
      .optional(),
  }),
  response: meSchema,
});
export const logOut = defineRoute({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out',
  access: 'session',
  response: z.object({ ok: z.literal(true) }),
});
export const getMe = defineRoute({
  method: 'GET',
  path: '/api/me',
  summary: 'Who is signed in and what they may do',
  access: 'session',
  response: meSchema,
});
export const changePassword = defineRoute({
  method: 'POST',
  path: '/api/me/password',
  summary: 'Change the own password; ends all other sessions',
  access: 'session',
  body: z.object({ current: z.string().max(200), next: password }),
  response: z.object({ ok: z.literal(true) }),
});
/** First call without `totp` gives the secret as otpauth URI; the second with a right code turns it on. */
export const enrolSecondFactor = defineRoute({
  method: 'POST',
  path: '/api/me/second-factor',
  summary: 'Turn on the second factor (TOTP, RFC 6238)',
  access: 'session',
  body: z.object({
    totp: z
      .string()
      .regex(/^[0-9]{6}$/)
      .optional(),
  }),
  response: z.object({ enabled: z.boolean(), uri: z.string().nullable() }),
});
/** Empty outside demo mode, and where a public demo got random passwords. */
export const demoAccounts = defineRoute({
  method: 'GET',
  path: '/api/me/demo-accounts',
  summary: 'Accounts to try the demo town with',
  access: 'public',
  response: z.object({
    accounts: z.array(z.object({ login: z.string(), password: z.string(), name: z.string(), role: roleSchema })),
  }),
});
export const sessionSchema = z.object({
  id: idSchema,
  current: z.boolean(),
  createdAtMs: timeMs,
  lastSeenMs: timeMs,
  userAgent: z.string(),
  address: z.string(),
});
export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/me/sessions',
  summary: 'Own sessions',
  access: 'session',
  response: z.object({ sessions: z.array(sessionSchema) }),
});
export const revokeSession = defineRoute({
  method: 'DELETE',
  path: '/api/me/sessions/:id',
  summary: 'End one of the own sessions',
  access: 'session',
  params: z.object({ id: idSchema }),
  response: z.object({ ok: z.literal(true) }),
});

export const listAccounts = defineRoute({
  method: 'GET',
  path: '/api/staff/accounts',
  summary: 'Accounts',
  access: { permission: 'staff.read' },
  query: pageQuery.extend({
    q: z.string().max(60).optional(),
    areaId: idSchema.optional(),
    role: roleSchema.optional(),
  }),
  response: pageOf(accountSchema),
});
export const createAccount = defineRoute({
  method: 'POST',
  path: '/api/staff/accounts',
  summary: 'Create an account',
  access: { permission: 'staff.edit' },
  body: z.object({ login: loginName, name: textSchema(40), phone: phone.nullable(), password }),
  response: accountSchema,
});
export const updateAccount = defineRoute({
  method: 'PATCH',
  path: '/api/staff/accounts/:id',
  summary: 'Change an account; `enabled: false` ends its sessions',
  access: { permission: 'staff.edit' },
  params: z.object({ id: idSchema }),
  body: z.object({
    name: textSchema(40).optional(),
    phone: phone.nullable().optional(),
    enabled: z.boolean().optional(),
    password: password.optional(),
    resetSecondFactor: z.literal(true).optional(),
    endSessions: z.literal(true).optional(),
  }),
  response: accountSchema,
});
/** Every look is in the audit with its purpose. */
export const revealPhone = defineRoute({
  method: 'POST',
  path: '/api/staff/accounts/:id/phone',
  summary: 'Show a telephone number in full, for a stated purpose',
  access: { permission: 'staff.reveal-phone' },
  params: z.object({ id: idSchema }),
  body: z.object({ purpose: textSchema(200) }),
  response: z.object({ phone: z.string().nullable() }),
});
export const addPost = defineRoute({
  method: 'POST',
  path: '/api/staff/accounts/:id/posts',
  summary: 'Give a person a post in an area',
  access: { permission: 'staff.edit-posts' },
  params: z.object({ id: idSchema }),
  body: z.object({ role: roleSchema, areaId: idSchema, departmentId: idSchema.nullable() }),
  response: accountSchema,
});
export const removePost = defineRoute({
  method: 'DELETE',
  path: '/api/staff/posts/:id',
  summary: 'Take a post away',
  access: { permission: 'staff.edit-posts' },
  params: z.object({ id: idSchema }),
  response: accountSchema,
});
export const listDepartments = defineRoute({
  method: 'GET',
  path: '/api/staff/departments',
  summary: 'Departments and organisations',
  access: 'session',
  response: z.object({ departments: z.array(departmentSchema) }),
});
export const saveDepartment = defineRoute({
  method: 'PUT',
  path: '/api/staff/departments/:code',
  summary: 'Create or change a department by its code',
  access: { permission: 'staff.edit' },
  params: z.object({
    code: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[A-Za-z0-9._-]+$/),
  }),
  body: z.object({
    name: textSchema(60),
    phone: phone.nullable(),
    /** True takes the duty line from whichever department had it; left out: as it was. */
    isDuty: z.boolean().optional(),
  }),
  response: departmentSchema,
});

/** The team of an area, in the order of a "1+2+N" sign: head, members and cadre, others. */
export const teamMemberSchema = z.object({
  accountId: idSchema,
  name: z.string(),
  role: roleSchema,
  /** Place in "1+2+N": 1, 2 or 3 (= N). */
  rank: z.number().int(),
  areaId: idSchema,
  areaName: z.string(),
  onDuty: z.boolean(),
});
export const areaTeam = defineRoute({
  method: 'GET',
  path: '/api/staff/teams/:areaId',
  summary: 'The team of a grid or micro-grid',
  access: 'session',
  params: z.object({ areaId: idSchema }),
  response: z.object({ formula: z.string(), members: z.array(teamMemberSchema) }),
});

/** Position is taken only while on duty; going off duty hides it at once. */
export const setDuty = defineRoute({
  method: 'POST',
  path: '/api/me/duty',
  summary: 'Go on or off duty',
  access: 'session',
  body: z.object({ onDuty: z.boolean(), place: placeSchema.optional() }),
  response: z.object({ onDuty: z.boolean() }),
});
export const sharePosition = defineRoute({
  method: 'POST',
  path: '/api/me/position',
  summary: 'Share the own position while on duty',
  access: 'session',
  ratePerMinute: 30,
  body: z.object({ place: placeSchema, takenAtMs: timeMs }),
  response: z.object({ shared: z.boolean() }),
});
export const memberPositions = defineRoute({
  method: 'GET',
  path: '/api/staff/positions',
  summary: 'Last positions of the members on duty within the own areas',
  access: { permission: 'staff.see-positions' },
  response: z.object({
    members: z.array(
      z.object({
        accountId: idSchema,
        name: z.string(),
        role: roleSchema,
        place: placeSchema,
        takenAtMs: timeMs,
      }),
    ),
  }),
});

export const positionChanged = defineEvent({
  type: 'staff.position-changed',
  payload: z.object({ accountId: idSchema }),
  live: true,
});
export const staffChanged = defineEvent({
  type: 'staff.changed',
  payload: z.object({ accountId: idSchema.nullable() }),
  live: true,
});
