/** The plan of pay as SQL, to the same minor units: shares by largest remainder, amounts half-even. */

import { benchTiers, type BenchPay, poolFund } from './deals.ts';
import type { Duck } from './duckdb.ts';

/** `n ÷ d` of whole numbers from 0, halves to the even one. */
const halfEven = (n: string, d: string): string =>
  `((${n}) // ${d} + CASE WHEN 2 * ((${n}) % ${d}) > ${d} OR (2 * ((${n}) % ${d}) = ${d} AND ((${n}) // ${d}) % 2 = 1) THEN 1 ELSE 0 END)`;

const percentOf = (amount: string, percent: number): string => halfEven(`(${amount}) * ${Math.round(percent * 10_000)}`, '1000000');

/** Credits as the facts tell them; people with quota and weight. */
export async function fillPay(
  duck: Duck,
  { people, facts }: BenchPay,
  folder: string,
  write: (file: string, text: string) => void,
): Promise<void> {
  const places = new Map(people.map(({ id }, at) => [id, at]));
  const credits = `${folder}/credits.csv`;
  write(
    credits,
    facts
      .flatMap(({ kind, amount, credits: all }, deal) =>
        all.map(({ payee, sharePercent }) => `${deal},${kind},${amount},${places.get(payee)},${Number(sharePercent) * 10_000}\n`),
      )
      .join(''),
  );
  const persons = `${folder}/people.csv`;
  write(persons, people.map(({ quota, weight }, at) => `${at},${quota},${weight}\n`).join(''));
  await duck.run(
    `CREATE TABLE credits AS SELECT * FROM read_csv('${credits}', header = false, columns = {deal: 'INTEGER', kind: 'VARCHAR', amount: 'BIGINT', payee: 'INTEGER', share: 'BIGINT'})`,
  );
  await duck.run(
    `CREATE TABLE people AS SELECT * FROM read_csv('${persons}', header = false, columns = {payee: 'INTEGER', quota: 'BIGINT', weight: 'BIGINT'})`,
  );
  await duck.run(`CREATE TABLE shared AS ${sharedSql}`);
}

/** What each credit is in minor units: cut, and the units left one each to the largest remainders of its deal. */
const sharedSql = `
  SELECT kind, payee, part + CASE WHEN place <= amount - sum(part) OVER (PARTITION BY deal) THEN 1 ELSE 0 END AS credit
  FROM (SELECT deal, kind, payee, amount, amount * share // 1000000 AS part,
               row_number() OVER (PARTITION BY deal ORDER BY amount * share % 1000000 DESC, payee) AS place
        FROM credits)`;

/** Flat, tiers and pool by payee. @param shared where the credits are: the query above, or the table that holds its rows */
const paySql = (shared: string): string => `
  WITH credited AS (
    SELECT payee, coalesce(sum(credit) FILTER (kind = 'renewed'), 0)::BIGINT AS renewed, coalesce(sum(credit) FILTER (kind = 'won'), 0)::BIGINT AS won
    FROM ${shared} GROUP BY payee
  ), bounds AS (
    SELECT payee, weight, coalesce(renewed, 0) AS renewed, coalesce(won, 0) AS won,
           ${benchTiers.map(({ from }, at) => `${halfEven(`quota * ${from}`, '100')} AS b${at}`).join(', ')}
    FROM people LEFT JOIN credited USING (payee)
  ), pool AS (
    SELECT payee, part + CASE WHEN place <= ${poolFund} - sum(part) OVER () THEN 1 ELSE 0 END AS share
    FROM (SELECT payee, ${poolFund} * weight // sum(weight) OVER () AS part,
                 row_number() OVER (ORDER BY ${poolFund} * weight % (SELECT sum(weight) FROM people) DESC, payee) AS place FROM people)
  )
  SELECT payee, ${percentOf('renewed', 2.25)} AS flat,
         ${benchTiers
           .map(({ percent }, at) =>
             percentOf(`greatest(0, ${at + 1 < benchTiers.length ? `least(won, b${at + 1})` : 'won'} - b${at})`, percent),
           )
           .join(' + ')} AS tiers,
         share AS pool
  FROM bounds JOIN pool USING (payee) ORDER BY payee`;

export const payPlainly = paySql(`(${sharedSql})`);
export const payPrepared = paySql('shared');
