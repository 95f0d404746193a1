/** Months as numbers: year × 12 + month − 1, so that neighbours differ by one. */

/** The month of a day number (days since 1970-01-01); Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days. */
export function monthOfDay(day: number): number {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Counted from March: months 0..9 are March to December of this year, 10 and 11 January and February of the next.
  return (yearOfEra + era * 400) * 12 + Math.floor((5 * dayOfYear + 2) / 153) + 2;
}

/** `2026-11`; years beyond four digits as they are. */
export function monthText(month: number): string {
  const year = Math.floor(month / 12);
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${String(month - year * 12 + 1).padStart(2, '0')}`;
}

/** The other way; null for text that isn't a month. */
export function monthNumber(text: string): number | null {
  const match = /^(-?\d{4,6})-(0[1-9]|1[0-2])$/.exec(text);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : null;
}
