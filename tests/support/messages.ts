/** Messages to try every way out with. */

import type { Message } from '#engine/notices/message.ts';

/** What an attacker would like to have read as markup, somewhere. */
export const hostile = `<img src=x onerror=alert(1)> "quoted" 'single' & <!channel> <@U1> [x](javascript:alert(1)) *b* \u202e\u0007 ]]> </td></table>`;

export const everything = (words = 'Northwind'): Message => ({
  title: `Your week: ${words}`,
  lead: `Two leads of yours wait since Monday. ${words}`,
  sections: [
    {
      heading: `Yours today ${words}`,
      parts: [
        { kind: 'text', text: `First line ${words}\nsecond line`, opens: '/inbox' },
        {
          kind: 'points',
          items: [
            { text: `Call ${words}`, detail: `Due at 11:00, ${words}`, tone: 'late', opens: '/leads/1?tab="x"' },
            { text: 'Nothing to open' },
          ],
        },
      ],
    },
    {
      heading: 'Figures',
      parts: [
        {
          kind: 'figures',
          items: [
            { label: `Index ${words}`, value: '61', note: '4 more than last week', tone: 'good', opens: '/alignment' },
            { label: 'Cost', value: '€210k', tone: 'soon' },
          ],
        },
        {
          kind: 'bars',
          caption: `Goals’ pace ${words}`,
          items: [
            { label: `New customers ${words}`, value: '12 of 30', length: 40, mark: 55, tone: 'late', opens: '/goals' },
            { label: 'Half way', value: '50 %', length: 50, mark: 50, tone: 'marketing' },
            { label: 'Beyond', value: '130 %', length: 130, mark: -3 },
          ],
        },
      ],
    },
  ],
  opens: '/',
  opensLabel: 'Open Accord',
  why: `You chose a weekly digest. ${words}`,
});

/** More than any receiver takes in one message. */
export const huge = (): Message => ({
  ...everything(),
  title: 'A long title '.repeat(40),
  lead: 'A long lead. '.repeat(600),
  sections: Array.from({ length: 60 }, (_, section) => ({
    heading: `Section ${section}`,
    parts: [
      {
        kind: 'points',
        items: Array.from({ length: 30 }, (_each, item) => ({
          text: `Item ${item} `.repeat(30),
          detail: 'and more',
          opens: `/leads/${item}`,
        })),
      },
    ],
  })),
});
