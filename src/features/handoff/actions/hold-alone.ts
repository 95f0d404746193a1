import type { Database } from '#platform/db/database.ts';

/**
 * Does something that only one may do at a time, of all servers on this database. The place is held by a connection:
 * it is free again the moment the holder ends, however it ends.
 * @returns false, without doing it, where another is at it
 */
export async function holdingAlone(database: Database, place: string, work: () => Promise<void>): Promise<boolean> {
  const client = await database.pool.connect();
  let isHeld = false;
  try {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [place]);
    isHeld = rows[0]!.held;
    if (isHeld) await work();
    return isHeld;
  } finally {
    // A connection that can't let go is closed, which lets go.
    const isFree =
      !isHeld ||
      (await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [place]).then(
        () => true,
        () => false,
      ));
    client.release(!isFree);
  }
}
