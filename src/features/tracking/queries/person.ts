/** What somebody sent, read as a person: fields of contact and lead, and whether it is enough to know them again. */

import { sql } from 'kysely';
import { emailKey, nameKey, phoneKey } from '#engine/identity/keys.ts';
import { Refused } from '#engine/values/outcome.ts';
import { contactFields, type Field, leadFields } from '#features/records/contract.ts';
import { customTypes, phoneCountryOf } from '#features/records/queries/scope.ts';
import { type CustomType, tryCustomValue, tryValue } from '#features/records/queries/values.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FieldProblem } from '#platform/errors.ts';

type Value = string | number | boolean;

export interface Person {
  readonly contact: Readonly<Record<string, Value>>;
  readonly lead: Readonly<Record<string, Value>>;
  readonly message: string | null;
  readonly emailKey: string | null;
  readonly phoneKey: string | null;
  /** Field by field, `at` being its name; empty: it can be taken. */
  readonly problems: readonly FieldProblem[];
}

export interface PersonGround {
  readonly custom: ReadonlyMap<string, CustomType>;
  /** Of phone numbers without a prefix. */
  readonly country: string | null;
}

export async function personGround(tx: Tx, workspaceId: WorkspaceId): Promise<PersonGround> {
  return { custom: await customTypes(tx, workspaceId, 'lead'), country: await phoneCountryOf(tx, workspaceId) };
}

/** @param values by person field, as texts */
export function readPerson({ custom, country }: PersonGround, values: Readonly<Record<string, string>>): Person {
  const problems: FieldProblem[] = [];
  const read: Record<string, Value> = {};
  for (const [name, text] of Object.entries(values)) {
    const value = readField(custom, name, text);
    if (value instanceof Refused) problems.push({ at: name, reason: value.reason });
    else if (value !== null) read[name] = value;
  }
  const email = typeof read['email'] === 'string' ? emailKey(read['email']) : null;
  const phone = typeof read['phone'] === 'string' ? phoneKey(read['phone'], country) : null;
  if (email === null && phone === null && problems.length === 0)
    problems.push({ at: 'email', reason: 'is needed, or a phone number with its country: by them a person is known again' });
  return { ...sorted(read), emailKey: email, phoneKey: phone, problems };
}

function readField(custom: PersonGround['custom'], name: string, text: string): Value | null | Refused {
  if (name.startsWith('custom.')) {
    const type = custom.get(name.slice('custom.'.length));
    return type ? readCustom(type, text) : new Refused('is no own field of leads');
  }
  const field = personField(name);
  return field ? tryValue(field, text) : new Refused('is no field of a person');
}

const message: Field = { name: 'message', type: 'text', label: 'Message' };
const personField = (name: string): Field | undefined =>
  name === 'message' ? message : [...contactFields, ...leadFields].find((field) => field.name === name);

/** A form sends texts: numbers and yes or no are read from what people write. */
function readCustom(type: CustomType, text: string): Value | null | Refused {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (type === 'number') return tryCustomValue(type, Number(trimmed.replace(',', '.')));
  if (type === 'boolean') {
    if (/^(yes|true|on|1|ja)$/i.test(trimmed)) return true;
    return /^(no|false|off|0|nein)$/i.test(trimmed) ? false : new Refused('is yes or no');
  }
  return tryCustomValue(type, trimmed);
}

const ofBoth = ['email', 'phone', 'title', 'country', 'city'];
const ofContact = [...ofBoth, 'fullName', 'givenName', 'familyName'];
const ofLead = [...ofBoth, 'company'];

function sorted(read: Readonly<Record<string, Value>>): Pick<Person, 'contact' | 'lead' | 'message'> {
  const chosen = (names: (name: string) => boolean) => Object.fromEntries(Object.entries(read).filter(([name]) => names(name)));
  const full = [read['givenName'], read['familyName']].filter(Boolean).join(' ');
  const name = read['fullName'] ?? (full || undefined);
  return {
    contact: chosen((field) => ofContact.includes(field)),
    lead: { ...(name === undefined ? {} : { name }), ...chosen((field) => ofLead.includes(field) || field.startsWith('custom.')) },
    message: typeof read['message'] === 'string' ? read['message'] : null,
  };
}

export interface FoundContact {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
}

/**
 * Whom these keys mean, by the rules of the shared record: the normalised e-mail address, then the phone number (where
 * the contact states no other address). Of several with one address the one that was there first.
 */
export async function findContact(
  tx: Tx,
  workspaceId: WorkspaceId,
  keys: Pick<Person, 'emailKey' | 'phoneKey'>,
): Promise<FoundContact | null> {
  const { rows } = await sql<FoundContact>`SELECT id, coalesce(full_name, email, phone, '') AS name, account_id AS "accountId" FROM contacts
    WHERE workspace_id = ${workspaceId}::uuid AND merged_into IS NULL AND archived_at IS NULL
      AND (email_key = ${keys.emailKey} OR phone_key = ${keys.phoneKey} AND (email_key IS NULL OR ${keys.emailKey}::text IS NULL))
    ORDER BY email_key IS NOT DISTINCT FROM ${keys.emailKey} DESC, recorded_at, id LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** The account of a person's mail domain, or of that very name; null where that is none or more than one. */
export async function findAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  person: { domain: string | null; company: string | null },
): Promise<string | null> {
  const key = person.company === null ? null : nameKey(person.company);
  const { rows } = await sql<{
    id: string;
    byDomain: boolean;
  }>`SELECT id, domain IS NOT DISTINCT FROM ${person.domain} AS "byDomain" FROM accounts
    WHERE workspace_id = ${workspaceId}::uuid AND merged_into IS NULL AND archived_at IS NULL AND (domain = ${person.domain} OR name_key = ${key}) LIMIT 20`.execute(
    tx,
  );
  const byDomain = rows.filter((row) => row.byDomain);
  const found = byDomain.length > 0 ? byDomain : rows;
  return found.length === 1 ? found[0]!.id : null;
}

export interface FoundLead {
  readonly id: string;
  readonly name: string;
  /** Whether its cycle goes on: a form comes to it instead of making another. */
  readonly open: boolean;
}

/** The newest cycle of a person: the open one where there is one, else the last. */
export async function findLead(tx: Tx, workspaceId: WorkspaceId, contactId: string, email: string | null): Promise<FoundLead | null> {
  const { rows } =
    await sql<FoundLead>`SELECT l.id, coalesce(l.name, l.company, l.email, '') AS name, l.stage IN ('inquiry', 'mql', 'sal', 'sql', 'deal') AS open
    FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL
      AND (l.contact_id = ${contactId}::uuid OR l.contact_id IS NULL AND l.email_key = ${email})
      AND NOT EXISTS (SELECT FROM leads n WHERE n.workspace_id = l.workspace_id AND n.previous_lead_id = l.id)
    ORDER BY open DESC, l.opened_at DESC NULLS LAST, l.id DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** The campaign of that name; case and signs make no difference. */
export async function findCampaign(tx: Tx, workspaceId: WorkspaceId, name: string | null): Promise<string | null> {
  const key = nameKey(name ?? '');
  if (key === '') return null;
  const { rows } = await sql<{ id: string }>`SELECT id FROM campaigns WHERE workspace_id = ${workspaceId}::uuid
    AND name_key = ${key} AND merged_into IS NULL AND archived_at IS NULL ORDER BY recorded_at, id LIMIT 2`.execute(tx);
  return rows.length === 1 ? rows[0]!.id : null;
}
