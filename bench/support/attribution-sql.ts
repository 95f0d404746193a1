/** The work of attribution as one would write it in DuckDB's SQL. */

/** Touches, whether they carry their place, and the conversions they are credited for. */
export interface SqlTables {
  readonly touches: string;
  readonly conversions: string;
}

const halfLifeSeconds = 7 * 86_400;

const credits = (value: string) => `
  sum(CASE WHEN place = 1 THEN ${value} ELSE 0 END), sum(CASE WHEN place = n THEN ${value} ELSE 0 END), sum(${value} / n),
  sum(${value} * CASE n WHEN 1 THEN 1::DOUBLE WHEN 2 THEN 0.5::DOUBLE ELSE CASE WHEN place = 1 OR place = n THEN 0.4::DOUBLE ELSE 0.2::DOUBLE / (n - 2) END END),
  sum(${value} * decay / total)`;

/** Conversions and value under first, last, linear, U and time decay, a row for each channel: `channel`, then ten sums. */
const byChannel = (from: string) => {
  const names = ['first', 'last', 'linear', 'u', 'time_decay'];
  const sums = [...split(credits('1')), ...split(credits('value'))].map(
    (sum, at) => `${sum} AS ${names[at % 5]}_${at < 5 ? 'conversions' : 'value'}`,
  );
  return `SELECT channel, ${sums.join(', ')} FROM ${from} GROUP BY channel`;
};

/** Top-level commas. */
function split(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of list) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  return [...parts, part.trim()];
}

const decay = `pow(2, -(c."at" - t."at") / ${halfLifeSeconds}.0)`;

/** From touches without places: window functions number and count them. */
export const modelsByWindows = ({ touches, conversions }: SqlTables): string => `
  WITH weighed AS (
    SELECT t.channel, c.value, row_number() OVER in_order AS place, count(*) OVER journey AS n, ${decay} AS decay, sum(${decay}) OVER journey AS total
    FROM ${touches} t JOIN ${conversions} c USING (journey) WHERE t."at" <= c."at"
    WINDOW in_order AS (PARTITION BY t.journey ORDER BY t."at"), journey AS (PARTITION BY t.journey)
  )
  ${byChannel('weighed')}`;

/** From touches with places: only the sum of time decay needs its journey. */
export const modelsByPlaces = ({ touches, conversions }: SqlTables): string => `
  WITH weighed AS (
    SELECT journey, t.channel, c.value, t.place, t.n, ${decay} AS decay FROM ${touches} t JOIN ${conversions} c USING (journey)
  ), totals AS (SELECT journey, sum(decay) AS total FROM weighed GROUP BY journey)
  ${byChannel('weighed JOIN totals USING (journey)')}`;

/** Steps from one channel to another within a journey; those to the same are no steps. */
export const stepsByWindows = `
  SELECT channel AS one, next AS other, count(*) AS count
  FROM (SELECT channel, lead(channel) OVER (PARTITION BY journey ORDER BY "at") AS next FROM touches)
  WHERE next <> channel GROUP BY ALL`;

/** The same, trusting that the table lies in the order of journeys and times. */
export const stepsInOrder = `
  SELECT channel AS one, next AS other, count(*) AS count
  FROM (SELECT journey, channel, lead(channel) OVER () AS next, lead(journey) OVER () AS next_journey FROM touches)
  WHERE journey = next_journey AND next <> channel GROUP BY ALL`;

/** Shapley by the sets of channels that converting journeys use. */
export const shapleySql = (channels: number, touches: string): string => `
  WITH sets AS (SELECT journey, bit_or(1::INTEGER << channel::INTEGER) AS used FROM ${touches} GROUP BY journey),
  counted AS (SELECT used, count(*) AS conversions, sum(value) AS value FROM sets JOIN conversions USING (journey) GROUP BY used)
  SELECT channel, sum(conversions / bit_count(used)) AS conversions, sum(value / bit_count(used)) AS value
  FROM counted, range(${channels}) c(channel) WHERE used & (1::INTEGER << channel::INTEGER) <> 0 GROUP BY channel`;
