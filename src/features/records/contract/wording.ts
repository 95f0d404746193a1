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

/** `contact.merged` → `Contact merged`. */
export function factTitle(kind: string): string {
  const [noun = '', verb = ''] = kind.split('.');
  const words = `${noun} ${verb}`.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const labels = new Map<string, string>(
  recordKinds.flatMap((kind) => fieldsOf[kind].map((field: Field) => [field.name, field.label] as const)),
);

/** The fields a fact set, by their labels: `Rep, Segment`; at most six are named. */
export function factDetail(sets: Record<string, unknown> | null, body: Record<string, unknown> | null): string | null {
  if (typeof body?.note === 'string') return body.note;
  const names = Object.keys(sets ?? {}).map((name) => labels.get(name) ?? name.replace(/^custom\./, ''));
  if (names.length === 0) return null;
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
}
