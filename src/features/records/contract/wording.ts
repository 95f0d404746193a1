/** How events read on a timeline. */

import { fieldsOf, leadStages, recordKinds, touchFields, type Field } from '../contract.ts';

const touchWords: Record<(typeof touchFields)[2]['choices'][number], string> = {
  ad_click: 'Ad click',
  visit: 'Visit',
  form: 'Form',
  email: 'E-mail',
  call: 'Call',
  meeting: 'Meeting',
  webinar: 'Webinar',
  event: 'Event',
  content: 'Content',
  chat: 'Chat',
  social: 'Social',
  message: 'Message',
  note: 'Note',
  other: 'Touch',
};

/** `E-mail, out`. */
export function touchTitle(kind: string, direction: string | null): string {
  const word = kind in touchWords ? touchWords[kind as keyof typeof touchWords] : kind;
  return direction ? `${word}, ${direction}` : word;
}

/** `MQL: Sam Okafor`. */
export function stageTitle(stage: string, lead: string | null): string {
  const label = leadStages.find((one) => one.stage === stage)?.label ?? stage;
  return lead ? `${label}: ${lead}` : label;
}

/** What happens to a lead between the sides, and what else the words of its kind don't tell plainly. */
const factWords: Readonly<Record<string, string>> = {
  'lead.qualified': 'Met the definition of an MQL',
  'lead.routed': 'Routed',
  'lead.claimed': 'Claimed',
  'lead.reassigned': 'Given to somebody else',
  'lead.accepted': 'Accepted by sales',
  'lead.rejected': 'Rejected by sales',
  'lead.mended': 'Mended and returned to sales',
  'lead.contested': 'Rejection contested',
  'lead.upheld': 'Rejection upheld',
  'lead.reinstated': 'Rejection overturned',
  'lead.recycled': 'Back to nurture',
  'lead.reopened': 'Came back as a new cycle',
  'lead.disqualified': 'Disqualified',
  'lead.confirmed': 'Confirmed as an opportunity',
  'lead.converted': 'Became a deal',
  'lead.escalated': 'Escalated',
  'touch.voided': 'Touch taken back',
};
/** A step of the ladder, by the `kind` of an escalation; what came of it stands in its outcome. */
const stepWords: Readonly<Record<string, string>> = {
  remind: 'Escalation: a reminder',
  manager: 'Escalation: to the head',
  reassign: 'Escalation: to somebody else',
  outOfRotation: 'Escalation: out of rotation',
};

/** `contact.merged` → `Contact merged`; what happens to a lead in plain words. */
export function factTitle(kind: string, body: Record<string, unknown> | null = null): string {
  const step = kind === 'lead.escalated' && typeof body?.kind === 'string' ? stepWords[body.kind] : undefined;
  const known = step ?? factWords[kind];
  if (known) return known;
  const [noun = '', verb = ''] = kind.split('.');
  const words = `${noun} ${verb}`.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The stage that a fact brings a lead to: on its timeline the two are one event. */
export const stageOfFact: Readonly<Record<string, string>> = {
  'lead.qualified': 'mql',
  'lead.accepted': 'sal',
  'lead.confirmed': 'sql',
  'lead.rejected': 'rejected',
  'lead.recycled': 'recycled',
  'lead.disqualified': 'disqualified',
};

const labels = new Map<string, string>(
  recordKinds.flatMap((kind) => fieldsOf[kind].map((field: Field) => [field.name, field.label] as const)),
);

/**
 * What a fact says beyond its title: the comment given, to whom it went, else the fields it set by their labels
 * (`Rep, Segment`; at most six).
 * @param nameOf of a member by id
 */
export function factDetail(
  kind: string,
  sets: Record<string, unknown> | null,
  body: Record<string, unknown> | null,
  nameOf: (memberId: string) => string | null,
): string | null {
  if (kind in factWords) return whatWasSaid(kind, sets, body, nameOf);
  if (typeof body?.note === 'string') return body.note;
  const names = Object.keys(sets ?? {}).map((name) => labels.get(name) ?? name.replace(/^custom\./, ''));
  if (names.length === 0) return null;
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
}

/** `To Sam Okafor · Speaks Polish.` */
function whatWasSaid(
  kind: string,
  sets: Record<string, unknown> | null,
  body: Record<string, unknown> | null,
  nameOf: (memberId: string) => string | null,
): string | null {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const [to, notMet, until] = [text(sets?.ownerId), text(sets?.rejectedReason), text(sets?.recycledUntil)];
  const said = [
    to && kind !== 'lead.claimed' && `To ${nameOf(to) ?? 'somebody'}`,
    notMet && `Not met: ${notMet}`,
    until && `Until ${until}`,
    text(sets?.disqualifiedReason),
    kind === 'lead.qualified' && typeof body?.number === 'number' && `Version ${body.number} of the definition`,
    text(body?.outcome),
    text(body?.note),
  ];
  return said.filter(Boolean).join(' · ') || null;
}
