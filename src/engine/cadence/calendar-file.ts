/** Meetings as a calendar file (RFC 5545) that other programs subscribe to. All times are UTC: no zone table travels along. */

export interface CalendarEvent {
  /** The same for the same meeting, for ever. */
  readonly uid: string;
  /** Rises with every change of the meeting. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly changedAt: number;
  readonly title: string;
  readonly description: string;
  readonly url: string | null;
  readonly location: string | null;
  readonly cancelled: boolean;
}

/** @returns the file, lines ended by CRLF and folded at 75 octets */
export function writeCalendar(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Accord//Meetings//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    // How often programs look again (RFC 7986, and what older ones read).
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap((event) => linesOf(event)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

export interface Invitation {
  /** `CANCEL` takes it out of the reader's calendar. */
  readonly method: 'REQUEST' | 'CANCEL';
  /** Address of the sender of the mail: only its organizer may change a meeting in a calendar. */
  readonly organizer: { readonly name: string; readonly email: string };
  readonly attendee: { readonly name: string; readonly email: string };
}

/** One meeting put before one person by mail (RFC 5546); answers are not asked for, since nobody reads that mailbox. */
export function writeInvitation(event: CalendarEvent, { method, organizer, attendee }: Invitation): string {
  const people = [
    `ORGANIZER;CN=${quoted(organizer.name)}:mailto:${organizer.email}`,
    `ATTENDEE;CN=${quoted(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${attendee.email}`,
  ];
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Accord//Meetings//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...linesOf({ ...event, cancelled: method === 'CANCEL' }, people),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Values of parameters stand in quotes, which they may not hold themselves. */
const quoted = (text: string): string => `"${text.replaceAll(/["\p{Cc}]/gu, ' ')}"`;

function linesOf(event: CalendarEvent, people: readonly string[] = []): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${stamp(event.changedAt)}`,
    `DTSTART:${stamp(event.startsAt)}`,
    `DTEND:${stamp(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...people,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    // An address is no text: it is written as it is, and holds neither line ends nor blanks.
    ...(event.url && !/\s/.test(event.url) ? [`URL:${event.url}`] : []),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
}

/** `20261127T203422Z` */
function stamp(milliseconds: number): string {
  const text = Temporal.Instant.fromEpochMilliseconds(milliseconds).round({ smallestUnit: 'second', roundingMode: 'floor' }).toString();
  return text.replaceAll(/[-:]/g, '');
}

/** Texts: backslash, semicolon, comma and line ends are escaped; other control characters may not stand there. */
function escaped(text: string): string {
  return (
    text
      .replaceAll('\\', '\\\\')
      .replaceAll(';', '\\;')
      .replaceAll(',', '\\,')
      .replaceAll(/\r\n|\r|\n/g, '\\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
  );
}

const longestOctets = 75;

/** Lines of more than 75 octets go on in the next one after a blank; no character is cut in two. */
function folded(line: string): string {
  let out = '';
  let octets = 0;
  for (const character of line) {
    const width = octetsOf(character);
    if (octets + width > longestOctets) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += width;
  }
  return out;
}

/** Of UTF-8. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
