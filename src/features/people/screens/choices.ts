/** IANA zones and ISO 4217 codes the browser knows, for pickers. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }));
}

const euro =
  /^Europe\/(Berlin|Paris|Madrid|Rome|Vienna|Amsterdam|Brussels|Dublin|Lisbon|Athens|Helsinki|Luxembourg|Bratislava|Ljubljana|Tallinn|Riga|Vilnius|Malta|Zagreb)$/;
const byZone: readonly [RegExp, string][] = [
  [/^Europe\/(London|Belfast)$/, 'GBP'],
  [/^Europe\/Zurich$/, 'CHF'],
  [/^Europe\/Warsaw$/, 'PLN'],
  [/^Europe\/Stockholm$/, 'SEK'],
  [/^Asia\/Tokyo$/, 'JPY'],
  [/^Asia\/Kolkata$/, 'INR'],
  [/^Australia\//, 'AUD'],
];

/** A likely currency for a zone, to start the picker with. */
export const likelyCurrency = (zone: string): string =>
  euro.test(zone) ? 'EUR' : (byZone.find(([zones]) => zones.test(zone))?.[1] ?? 'USD');

export const sideChoices = [
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
  { value: 'leadership', label: 'Leadership (both sides)' },
];

export const roleChoices = ['owner', 'admin', 'manager', 'member', 'viewer'].map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}));
