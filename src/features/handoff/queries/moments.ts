/** Moments between the database, which keeps microseconds, and the engine, which counts milliseconds with microseconds as their fraction. */

import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';

/** A column of type timestamptz as epoch milliseconds: a JavaScript number. */
export const milliseconds = (column: string): Sql => sql`(extract(epoch FROM ${sql.ref(column)}) * 1000)::float8`;

/** Epoch milliseconds out of a JSON record as timestamptz. */
export const instantFrom = (column: string): Sql => sql`to_timestamp(${sql.ref(column)} / 1000)`;

/** To the microsecond, so that what was computed equals what was stored and read again. */
export const toMicrosecond = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
