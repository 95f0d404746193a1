import { z } from 'zod';
import { emailKey } from '#engine/identity/keys.ts';

export const sides = ['marketing', 'sales', 'leadership'] as const;
export const roles = ['owner', 'admin', 'manager', 'member', 'viewer'] as const;
export const side = z.enum(sides);
export const role = z.enum(roles);

const id = z.uuid();
const instant = z.string();
const name = z.string().trim().min(1, 'Say a name.').max(200);
export const email = z
  .string()
  .trim()
  .max(320)
  .refine((text) => !/[<>\s]/.test(text) && emailKey(text) !== null, 'This is no e-mail address.');
export const newPassword = z.string().min(12, 'At least 12 characters.').max(200, 'At most 200 characters.');
/** When signing in any text is tried: rules for new passwords must not tell how old ones look. */
const password = z.string().min(1).max(200);
const timeZone = z.string().max(60).refine(isTimeZone, 'This is no time zone, such as Europe/Berlin.');
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'Three letters of ISO 4217, such as EUR.')
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'ISO 4217 has no such currency.');
const country = z.string().regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as DE.');
/** Links carry 256 bits as 43 characters. */
export const linkToken = z.object({ token: z.string().regex(/^[\w-]{43}$/) });
export const byId = z.object({ id });

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const named = z.object({ id, name: z.string() });

export const firstRun = z.object({ firstRun: z.boolean() });
export const setUp = z.object({ workspaceName: name, name, email, password: newPassword, side, timeZone, currency });
export const signIn = z.object({ email: z.string().trim().max(320), password });
export const chooseWorkspace = z.object({ workspaceId: id });
export const newWorkspace = z.object({ name, timeZone, currency, country: country.optional() });
export const workspaceChange = z.object({ name, timeZone, currency, country: country.nullable() }).partial();
export const resetRequest = z.object({ email });
export const resetPassword = z.object({ password: newPassword });
export const passwordChange = z.object({ current: password, password: newPassword });

export const me = z.object({
  login: z.object({ id, name: z.string(), email: z.string() }),
  member: z.object({ id, name: z.string(), side, role, teams: z.array(named) }).nullable(),
  workspace: z
    .object({
      id,
      name: z.string(),
      slug: z.string(),
      timeZone: z.string(),
      currency: z.string(),
      country: z.string().nullable(),
      empty: z.boolean(),
    })
    .nullable(),
  workspaces: z.array(z.object({ id, name: z.string(), role })),
  may: z.array(z.string()),
});
export type Me = z.output<typeof me>;

export const session = z.object({
  id: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  current: z.boolean(),
});
export const bySession = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });

export const member = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  side,
  role,
  job: z.string().nullable(),
  active: z.boolean(),
  hasLogin: z.boolean(),
  teams: z.array(named),
});
export const memberFilter = z.object({ includeInactive: z.stringbool().default(false) });
export const newMember = z.object({
  name,
  email: email.optional(),
  side,
  role: role.exclude(['owner']).default('member'),
  job: z.string().trim().max(200).optional(),
});
export const memberChange = z
  .object({ name, email: email.nullable(), side, role, job: z.string().trim().max(200).nullable(), active: z.boolean() })
  .partial();

export const team = z.object({
  id,
  name: z.string(),
  side,
  region: z.string().nullable(),
  managerId: id.nullable(),
  members: z.array(named),
});
const teamFields = { name, side, region: z.string().trim().max(200).nullable(), managerId: id.nullable(), members: z.array(id).max(1_000) };
export const newTeam = z.object({
  ...teamFields,
  region: teamFields.region.default(null),
  managerId: teamFields.managerId.default(null),
  members: teamFields.members.default([]),
});
export const teamChange = z.object(teamFields).partial();

export const invitationStates = ['pending', 'expired', 'accepted', 'revoked'] as const;
export const newInvitation = z.object({ email, name: name.optional(), side, role, memberId: id.optional() });
export const invitation = z.object({
  id,
  email: z.string(),
  name: z.string().nullable(),
  side,
  role,
  memberId: id.nullable(),
  invitedBy: named.nullable(),
  state: z.enum(invitationStates),
  createdAt: instant,
  expiresAt: instant,
});
export const invited = z.object({ id, link: z.string().nullable() });
export const openInvitation = z.object({
  workspaceName: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  side,
  hasLogin: z.boolean(),
});
export const acceptance = z.object({ name: name.optional(), password });

export const newApiToken = z.object({
  name,
  scopes: z.array(z.string().max(100)).min(1).max(100),
  expiresInDays: z.int().min(1).max(3_650).optional(),
});
export const apiToken = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  member: named,
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export const apiTokenOnce = z.object({ id, token: z.string() });

export const made = z.object({ id });
export const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().nullable() });
/** People come in one page: a company's few thousand at most. */
export const onePage = <Item>(items: Item[]): { items: Item[]; next: null; total: number } => ({ items, next: null, total: items.length });
