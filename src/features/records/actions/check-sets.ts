import { sql } from 'kysely';
import { Refused } from '#engine/values/outcome.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem, type FieldProblem } from '#platform/errors.ts';
import { fieldsOf, type Field, type RecordKind } from '../contract.ts';
import { fieldNamed } from '../queries/columns.ts';
import { customTypes } from '../queries/scope.ts';
import { tryCustomValue, tryValue, type CustomType } from '../queries/values.ts';

export type GivenSets = Readonly<Record<string, unknown>>;
export type CheckedSets = Record<string, string | number | boolean | null>;

/** Fields that no form sets, only verbs do; see `systemFieldsOf`. */
const systemFieldNames = ['mergedInto', 'archivedAt'];
const referenceTables: Partial<Record<Field['type'], string>> = {
  member: 'members',
  account: 'accounts',
  contact: 'contacts',
  lead: 'leads',
  deal: 'deals',
  campaign: 'campaigns',
};

/**
 * Every value in its canonical form, every reference found in this workspace.
 * @param options.byVerb true for the verbs that may set system fields
 * @throws Problem bad-input naming every field that is not fine
 */
export async function checkSets(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: RecordKind,
  sets: GivenSets,
  options: { creating: boolean; byVerb?: boolean },
): Promise<CheckedSets> {
  const problems: FieldProblem[] = [];
  const checked: CheckedSets = {};
  const custom = Object.keys(sets).some((name) => name.startsWith('custom.'))
    ? await customTypes(tx, workspaceId, kind)
    : new Map<string, CustomType>();
  for (const [name, value] of Object.entries(sets)) {
    if (value === undefined) continue;
    const read = name.startsWith('custom.') ? readCustom(custom, kind, name, value) : readField(kind, name, value, options.byVerb === true);
    if (read instanceof Refused) problems.push({ at: `sets.${name}`, reason: read.reason });
    else checked[name] = read;
  }
  problems.push(...missing(kind, checked, options.creating), ...(await dangling(tx, workspaceId, kind, checked)));
  if (problems.length) {
    const first = problems[0]!;
    throw new Problem('bad-input', `${first.at.replace('sets.', '')}: ${first.reason}.`, { fields: problems });
  }
  return checked;
}

function readField(kind: RecordKind, name: string, value: unknown, byVerb: boolean): CheckedSets[string] | Refused {
  const field = fieldNamed(kind, name);
  if (!field || (systemFieldNames.includes(name) && !byVerb))
    return new Refused(`is no field of a ${kind}; it has ${fieldsOf[kind].map((one) => one.name).join(', ')}`);
  return tryValue(field, value);
}

function readCustom(types: ReadonlyMap<string, CustomType>, kind: RecordKind, name: string, value: unknown): CheckedSets[string] | Refused {
  const type = types.get(name.slice('custom.'.length));
  return type ? tryCustomValue(type, value) : new Refused(`is no own field of ${kind}s; define it first`);
}

/** Required fields: all there at first, none cleared later. */
function missing(kind: RecordKind, checked: CheckedSets, creating: boolean): FieldProblem[] {
  const isMissing = (name: string) => (creating ? (checked[name] ?? null) === null : checked[name] === null);
  return fieldsOf[kind]
    .filter((field) => field.required && isMissing(field.name))
    .map((field) => ({ at: `sets.${field.name}`, reason: 'is needed' }));
}

/** References to what is not in this workspace. Another workspace's record looks exactly like none. */
async function dangling(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, checked: CheckedSets): Promise<FieldProblem[]> {
  const references = Object.entries(checked).flatMap(([name, id]) => {
    const field = fieldNamed(kind, name);
    const table = field ? referenceTables[field.type] : undefined;
    return table && field && typeof id === 'string' ? [{ name, id, table, of: field.type }] : [];
  });
  if (references.length === 0) return [];
  const probes = references.map(
    ({ name, id, table }) =>
      sql`SELECT ${name}::text AS name WHERE NOT EXISTS (SELECT 1 FROM ${sql.table(table)} r WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${id}::uuid)`,
  );
  const { rows } = await sql<{ name: string }>`${sql.join(probes, sql` UNION ALL `)}`.execute(tx);
  return rows.map((row) => ({
    at: `sets.${row.name}`,
    reason: `there is no such ${references.find((one) => one.name === row.name)!.of} here`,
  }));
}
