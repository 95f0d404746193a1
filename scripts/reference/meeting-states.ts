import {
  actionCan,
  actionStates,
  actionVerbs,
  meetingCan,
  meetingStates,
  meetingVerbs,
  seriesCan,
  seriesStates,
  seriesVerbs,
  type Transition,
} from '#engine/cadence/states.ts';

export const file = 'docs/reference/meeting-states.md';

export async function make(): Promise<string> {
  return [
    '# What may be done with meetings, series and actions',
    '',
    'The same tables decide on the server, and say on the screens why a button can’t be pressed. From any other state the API refuses with 409 and the sentence in the last column.',
    '',
    '## Meetings',
    '',
    `States: ${listed(meetingStates)}. A meeting nobody opened is \`notHeld\` twelve hours after its end.`,
    '',
    ...tableOf(meetingVerbs, meetingCan),
    '',
    'Whoever doesn’t merely look on runs a meeting; it is moved, cancelled and held after all by a head, or by who called it.',
    '',
    '## Series',
    '',
    `States: ${listed(seriesStates)}. Heads make and change them.`,
    '',
    ...tableOf(seriesVerbs, seriesCan),
    '',
    '## Actions',
    '',
    `States: ${listed(actionStates)}. Whoever has one moves it, whoever gave it, or a head.`,
    '',
    ...tableOf(actionVerbs, actionCan),
    '',
  ].join('\n');
}

const tableOf = <Verb extends string>(verbs: readonly Verb[], can: Readonly<Record<Verb, Transition<string>>>): string[] => [
  '| verb | from | else |',
  '|---|---|---|',
  ...verbs.map((verb) => `| ${can[verb].label} (\`${verb}\`) | ${listed(can[verb].from)} | ${can[verb].otherwise} |`),
];

const listed = (states: readonly string[]): string => states.map((state) => `\`${state}\``).join(', ');
