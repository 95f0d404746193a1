/** The Mondays of the weeks that a month (`YYYY-MM`) touches. */
export function weeksOf(month: string): string[] {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const last = Date.parse(`${monthBeside(month, 1)}-01T00:00:00Z`) - dayMilliseconds;
  const mondays: string[] = [];
  for (let at = first - daysSinceMonday(first) * dayMilliseconds; at <= last; at += 7 * dayMilliseconds)
    mondays.push(new Date(at).toISOString().slice(0, 10));
  return mondays;
}

/** The month so many after one, or before. */
export function monthBeside(month: string, months: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

const dayMilliseconds = 86_400_000;
const daysSinceMonday = (at: number): number => (new Date(at).getUTCDay() + 6) % 7;
