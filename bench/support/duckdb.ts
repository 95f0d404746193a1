/** DuckDB in this process, on two threads: the peer of attribution. */

import { DuckDBInstance } from '@duckdb/node-api';
import { channelNames, type JourneyFiles } from './journeys.ts';

export interface Duck {
  run(sql: string): Promise<void>;
  /** Rows by column; numbers as numbers. */
  rows(sql: string): Promise<Record<string, number>[]>;
  close(): void;
}

export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    run: async (sql) => void (await connection.run(sql)),
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Touches and conversions in its own types, in the order of journeys and times, as tables. `placed` also has each touch's
 * position and how many its journey has, which spares most window functions; `everyone` has a conversion for each journey.
 */
export async function fillDuck(duck: Duck, files: JourneyFiles, everyone: string): Promise<void> {
  const codes = `MAP {${channelNames.map((name, code) => `'${name}': ${code}`).join(', ')}}`;
  const journey = `CAST(substr(journey_id, 2) AS INTEGER) AS journey, CAST(epoch("at") AS INTEGER) AS "at"`;
  await duck.run(
    `CREATE TABLE touches AS SELECT ${journey}, CAST(${codes}[channel] AS UTINYINT) AS channel FROM '${files.touches}' ORDER BY journey, "at"`,
  );
  await duck.run(
    `CREATE TABLE conversions AS SELECT ${journey}, CAST(round(value * 100) AS BIGINT) AS value FROM '${files.conversions}' ORDER BY journey`,
  );
  await duck.run(`CREATE TABLE placed AS SELECT *, CAST(row_number() OVER (PARTITION BY journey ORDER BY "at") AS UTINYINT) AS place,
    CAST(count(*) OVER (PARTITION BY journey) AS UTINYINT) AS n FROM touches ORDER BY journey, "at"`);
  await duck.run('CREATE TABLE converting AS SELECT * FROM touches SEMI JOIN conversions USING (journey) ORDER BY journey, "at"');
  await duck.run('CREATE TABLE converting_placed AS SELECT * FROM placed SEMI JOIN conversions USING (journey) ORDER BY journey, "at"');
  await duck.run(
    `CREATE TABLE everyone AS SELECT CAST(journey AS INTEGER) AS journey, CAST("at" AS INTEGER) AS "at", CAST(value AS BIGINT) AS value FROM '${everyone}' ORDER BY journey`,
  );
}
