import { sql } from 'kysely';
import { readParameters } from '#engine/tracking/landing.ts';
import type { Tx } from '#platform/db/database.ts';
import type { OpenHook } from '../queries/open-hook.ts';
import { deliveryOf, receiveSubmission } from './receive-submission.ts';

const deepest = 40;
/** As much of a body as is kept to map from. */
const longestSample = 65_536;

/**
 * A body of JSON or of a form, as it can be stored: NUL and halves of characters become blanks.
 * @returns undefined for what is neither
 */
export function readBody(text: string, type: string): unknown {
  if (/urlencoded/i.test(type)) return storable(Object.fromEntries(readParameters(text)), 0);
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? storable(body, 0) : undefined;
  } catch {
    return undefined;
  }
}

function storable(value: unknown, depth: number): unknown {
  if (depth > deepest) return null;
  if (typeof value === 'string') return value.replaceAll('\0', ' ').toWellFormed();
  if (Array.isArray(value)) return value.map((one) => storable(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.replaceAll('\0', ' ').toWellFormed(), storable(inner, depth + 1)]),
  );
}

/**
 * Keeps a delivery whose sender has proved itself; while the hook isn't active only as the sample to map from.
 * @param deliveryId the sender's own, where it names one: the same again is the same, however late
 */
export async function receiveDelivery(
  tx: Tx,
  hook: OpenHook,
  body: unknown,
  deliveryId: string | undefined,
): Promise<{ id: string | null; repeated: boolean }> {
  const text = JSON.stringify(body);
  await sql`UPDATE tracking_hooks SET sample = ${text}, sample_at = now() WHERE workspace_id = ${hook.workspaceId}::uuid AND id = ${hook.id}::uuid
    AND ${text.length <= longestSample} AND (NOT active OR sample_at IS NULL OR sample_at < now() - interval '1 minute')`.execute(tx);
  if (!hook.active) return { id: null, repeated: false };
  return receiveSubmission(tx, hook.workspaceId, {
    sourceKind: 'hook',
    sourceId: hook.id,
    version: null,
    sent: body,
    consented: null,
    private: false,
    siteId: null,
    dayVisitor: null,
    linkHash: null,
    source: null,
    medium: null,
    campaign: null,
    channel: null,
    delivery: deliveryOf(deliveryId === undefined ? `body ${text}` : `id ${deliveryId}`),
    sameForHours: deliveryId === undefined ? 24 : null,
  });
}
