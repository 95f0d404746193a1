/** Two files to linear attribution by DuckDB's SQL, as a process of its own: `node duckdb-process.ts TOUCHES CONVERSIONS`; prints JSON. */

import { DuckDBInstance } from '@duckdb/node-api';

const [touches, conversions] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  WITH counted AS (
    SELECT t.channel, c.value, count(*) OVER (PARTITION BY t.journey_id) AS n
    FROM read_csv('${touches}') t JOIN read_csv('${conversions}') c USING (journey_id)
    WHERE t."at" <= c."at"
  )
  SELECT channel, sum(1 / n) AS conversions, sum(value / n) AS value FROM counted GROUP BY channel ORDER BY channel`);
console.log(JSON.stringify({ channels: reader.getRowObjectsJson() }));
