/** Why a lead goes where it goes, in plain words: kept with the routing and shown to both sides. */

/** Why no lead goes to a rep now. */
export type Hindrance =
  | { readonly kind: 'inactive' }
  | { readonly kind: 'notSales' }
  | { readonly kind: 'leftOut' }
  | { readonly kind: 'outOfRotation'; readonly reason: string | null }
  | { readonly kind: 'leave'; readonly until: number }
  | { readonly kind: 'noShare' }
  | { readonly kind: 'full'; readonly open: number; readonly capacity: number }
  | { readonly kind: 'offHours'; readonly opensAt: number | null };

/** The moment of saying, in epoch milliseconds, and the zone in which moments are told. */
export interface Saying {
  readonly at: number;
  readonly timeZone: string;
}

interface Named {
  readonly name: string;
}

/** More names than this are counted. */
const mostNames = 3;

/** `Kim has 20 of at most 20 open leads.` */
export const hindranceWords = (rep: Named, because: Hindrance, saying: Saying): string => `${rep.name} ${predicate(because, saying)}.`;

/** The same as a note beside the name: `On leave until 3 April`. */
export function hindranceNote(because: Hindrance, saying: Saying): string {
  const own = detail(because, saying);
  switch (because.kind) {
    case 'inactive':
      return 'Not active';
    case 'notSales':
      return 'Not in sales';
    case 'leftOut':
      return 'Left out';
    case 'outOfRotation':
      return 'Taken out';
    case 'leave':
      return `On leave ${own}`;
    case 'noShare':
      return 'No share';
    case 'full':
      return `Full: ${own} open`;
    case 'offHours':
      return because.opensAt === null ? 'No working time' : `Off until ${momentWords(because.opensAt, saying)}`;
  }
}

/** Those who were passed over, one sentence a reason. */
export function skippedWords(skipped: readonly { rep: Named; because: Hindrance }[], saying: Saying): string[] {
  const byKind = new Map<Hindrance['kind'], { rep: Named; because: Hindrance }[]>();
  for (const each of skipped) {
    const alike = byKind.get(each.because.kind);
    if (alike) alike.push(each);
    else byKind.set(each.because.kind, [each]);
  }
  return kinds.flatMap((kind) => {
    const alike = byKind.get(kind);
    return alike ? [sentenceOf(alike.toSorted(byName), saying)] : [];
  });
}

const kinds: readonly Hindrance['kind'][] = ['inactive', 'notSales', 'leftOut', 'outOfRotation', 'leave', 'noShare', 'full', 'offHours'];
const byName = (one: { rep: Named }, other: { rep: Named }): number => (one.rep.name < other.rep.name ? -1 : 1);

/** One reason of one person in full; of several, each with what is its own. */
function sentenceOf(alike: readonly { rep: Named; because: Hindrance }[], saying: Saying): string {
  const [first] = alike;
  if (alike.length === 1) return hindranceWords(first!.rep, first!.because, saying);
  const names = alike.slice(0, mostNames).map(({ rep, because }) => {
    const own = detail(because, saying);
    return own ? `${rep.name} (${own})` : rep.name;
  });
  return `${listed(names, alike.length)} ${plural[first!.because.kind]}.`;
}

/** `Kim, Ola and 3 others` */
function listed(names: readonly string[], of: number): string {
  const others = of - names.length;
  const parts = others > 0 ? [...names, others === 1 ? '1 other' : `${others} others`] : names;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function predicate(because: Hindrance, saying: Saying): string {
  const own = detail(because, saying);
  switch (because.kind) {
    case 'inactive':
      return 'is no longer active';
    case 'notSales':
      return 'is not a rep of sales';
    case 'leftOut':
      return 'is left out: the lead comes from there';
    case 'outOfRotation':
      return own ? `is out of rotation (${own})` : 'is out of rotation';
    case 'leave':
      return `is on leave ${own}`;
    case 'noShare':
      return 'has no share in the rotation';
    case 'full':
      return `has ${own} open leads`;
    case 'offHours':
      return own ? `doesn’t work now (${own})` : 'has no working time in the calendar';
  }
}

const plural: Record<Hindrance['kind'], string> = {
  inactive: 'are no longer active',
  notSales: 'are not reps of sales',
  leftOut: 'are left out: the lead comes from there',
  outOfRotation: 'are out of rotation',
  leave: 'are on leave',
  noShare: 'have no share in the rotation',
  full: 'have as many open leads as they may have',
  offHours: 'don’t work now',
};

function detail(because: Hindrance, saying: Saying): string | null {
  if (because.kind === 'outOfRotation') return because.reason;
  if (because.kind === 'leave') return `until ${lastDayWords(because.until, saying)}`;
  if (because.kind === 'full') return `${because.open} of at most ${because.capacity}`;
  if (because.kind === 'offHours' && because.opensAt !== null) return `again ${momentWords(because.opensAt, saying)}`;
  return null;
}

/** Nobody works now: who starts first, and when. */
export function opensFirstWords(reps: readonly Named[], opensAt: number, saying: Saying): string {
  const names = reps.map(({ name }) => name).toSorted();
  const start = names.length === 1 ? 'starts' : 'start';
  return `Nobody works now; ${listed(names.slice(0, mostNames), names.length)} ${start} first (${momentWords(opensAt, saying)}).`;
}

/** `Ola is next in turn (12 leads so far at weight 1).` `level`: those who are as far on. */
export function nextInTurnWords(rep: Named & { weight: number }, given: number, level: readonly Named[], outOf: number): string {
  if (outOf === 1) return `${rep.name} is the only one who can take it.`;
  const share = `${given === 1 ? '1 lead' : `${given} leads`} so far at weight ${rep.weight}`;
  if (level.length === 0) return `${rep.name} is next in turn (${share}).`;
  const others = listed(
    level.slice(0, mostNames).map(({ name }) => name),
    level.length,
  );
  return `${rep.name} is next in turn (${share}): level with ${others}, and not the last to have had one.`;
}

// ── moments ─────────────────────────────────────────────────────────────────

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdayNames = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');

/** `3 April`: the last day of what ends at `until`; with the hour where it ends within the day. */
function lastDayWords(until: number, saying: Saying): string {
  const end = zoned(until, saying.timeZone);
  const endsWithDay = end.hour === 0 && end.minute === 0;
  const last = endsWithDay ? end.subtract({ milliseconds: 1 }) : end;
  return endsWithDay ? dayWords(last, saying) : `${dayWords(last, saying)} ${clockWords(end)}`;
}

/** `Mon 30 March 09:00`; `09:00` on the day of saying. */
function momentWords(at: number, saying: Saying): string {
  const moment = zoned(at, saying.timeZone);
  const isToday = moment.toPlainDate().equals(zoned(saying.at, saying.timeZone).toPlainDate());
  return isToday ? clockWords(moment) : `${weekdayNames[moment.dayOfWeek - 1]} ${dayWords(moment, saying)} ${clockWords(moment)}`;
}

function dayWords(day: Temporal.ZonedDateTime, saying: Saying): string {
  const year = day.year === zoned(saying.at, saying.timeZone).year ? '' : ` ${day.year}`;
  return `${day.day} ${months[day.month - 1]}${year}`;
}

const clockWords = (moment: Temporal.ZonedDateTime): string =>
  `${String(moment.hour).padStart(2, '0')}:${String(moment.minute).padStart(2, '0')}`;
const zoned = (at: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
