import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Mailer } from '#platform/mail/mail.ts';
import type { Delivery, DeliveryList } from '../contract/deliver.ts';

const shown = 50;

/** What left and what didn’t, the newest first; nobody’s own room among it. */
export async function listDeliveries(tx: Tx, workspaceId: WorkspaceId, mailer: Mailer, view: 'all' | 'failed'): Promise<DeliveryList> {
  const failed =
    view === 'all' ? sql`` : sql`AND (o.given_up_at IS NOT NULL OR o.failed_because IS NOT NULL AND o.sent_at IS NULL OR o.maybe_twice)`;
  const { rows } =
    await sql<Delivery>`SELECT o.id, o.channel, o.kind, coalesce(m.name, r.name) AS "to", o.at, o.tries, o.sent_at AS "sentAt",
      CASE WHEN o.sent_at IS NOT NULL THEN 'sent' WHEN o.given_up_at IS NOT NULL THEN 'givenUp' ELSE 'waiting' END AS state,
      CASE WHEN o.sent_at IS NULL AND o.given_up_at IS NULL THEN o.next_at END AS "nextAt", o.failed_because AS "failedBecause", o.maybe_twice AS "maybeTwice"
    FROM messages_out o LEFT JOIN members m ON m.workspace_id = o.workspace_id AND m.id = o.member_id
    LEFT JOIN chat_rooms r ON r.workspace_id = o.workspace_id AND r.id = o.room_id
    WHERE o.workspace_id = ${workspaceId}::uuid AND r.of_member IS NULL ${failed}
    ORDER BY o.at DESC, o.id DESC LIMIT ${shown}`.execute(tx);
  return { items: rows, whyNoMail: whyNoMail(mailer), mailFrom: mailer.from };
}

/** Null: mails are sent. */
export const whyNoMail = ({ configured }: Mailer): string | null =>
  configured ? null : 'No mail server is set up: whoever runs this server does so by the setting SMTP_URL.';
