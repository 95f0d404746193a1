/** Moments between the database and the index, which counts epoch milliseconds. */

import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';

export const instant = (milliseconds: number): Sql => sql`${new Date(milliseconds).toISOString()}::timestamptz`;
/** As a JavaScript number; null stays null. */
export const epoch = (moment: Sql): Sql => sql`(extract(epoch FROM ${moment}) * 1000)::float8`;
