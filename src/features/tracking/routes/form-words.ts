/** What a hosted form says by itself; all else is its own text. */

import type { FormContent } from '../contract/forms.ts';

interface FormWords {
  readonly needed: string;
  readonly optional: string;
  readonly choose: string;
  readonly yes: string;
  readonly trap: string;
  readonly privacy: string;
  readonly agree: string;
  readonly wrong: (count: number) => string;
  /** By the reasons of `formProblems`; others are said as they are. */
  readonly reasons: readonly (readonly [reason: RegExp, said: string])[];
  readonly notThis: string;
  readonly quick: string;
  readonly old: string;
  readonly often: string;
  readonly away: string;
  readonly gone: string;
  readonly goneMore: string;
}

export const formWords: Readonly<Record<FormContent['language'], FormWords>> = {
  en: {
    needed: 'needed',
    optional: 'optional',
    choose: 'Please choose',
    yes: 'Yes',
    trap: 'Leave this field empty',
    privacy: 'Privacy notice',
    agree: 'Please agree to send the form.',
    wrong: (count) => (count === 1 ? 'One thing is missing or not right:' : `${count} things are missing or not right:`),
    reasons: [
      [/^is needed$/, 'Please fill in this field.'],
      [/^is needed, or a phone/, 'Please give an e-mail address or a phone number with its country code.'],
      [/^is an e-mail/, 'Please give an e-mail address like mara@example.com.'],
      [/^is longer/, 'This is too long: please shorten it.'],
      [/^is one of/, 'Please choose one of the options.'],
      [/^is a number/, 'Please give a number.'],
      [/^is yes or no$/, 'Please answer yes or no.'],
      [/^is a day/, 'Please give a day like 2026-03-27.'],
    ],
    notThis: 'Please look at this field again.',
    quick: 'That was very quick. Please look it over and send it once more.',
    old: 'This page was open for a long time. Please send it once more: everything you typed is still here.',
    often: 'Too many forms were sent from your network just now. Wait a minute and send it once more: everything you typed is still here.',
    away: 'This could not be kept just now. Please send it once more in a moment: everything you typed is still here.',
    gone: 'This form is closed',
    goneMore: 'It is not here any more. Please go back to the page you came from.',
  },
  de: {
    needed: 'nötig',
    optional: 'freiwillig',
    choose: 'Bitte wählen',
    yes: 'Ja',
    trap: 'Dieses Feld leer lassen',
    privacy: 'Datenschutzhinweise',
    agree: 'Bitte stimmen Sie zu, um das Formular zu senden.',
    wrong: (count) => (count === 1 ? 'Eine Angabe fehlt oder stimmt nicht:' : `${count} Angaben fehlen oder stimmen nicht:`),
    reasons: [
      [/^is needed$/, 'Bitte füllen Sie dieses Feld aus.'],
      [/^is needed, or a phone/, 'Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer mit Ländervorwahl an.'],
      [/^is an e-mail/, 'Bitte geben Sie eine E-Mail-Adresse wie mara@example.com an.'],
      [/^is longer/, 'Das ist zu lang: bitte kürzen Sie es.'],
      [/^is one of/, 'Bitte wählen Sie eine der Möglichkeiten.'],
      [/^is a number/, 'Bitte geben Sie eine Zahl an.'],
      [/^is yes or no$/, 'Bitte antworten Sie mit Ja oder Nein.'],
      [/^is a day/, 'Bitte geben Sie einen Tag wie 2026-03-27 an.'],
    ],
    notThis: 'Bitte sehen Sie dieses Feld noch einmal an.',
    quick: 'Das ging sehr schnell. Bitte sehen Sie die Angaben durch und senden Sie sie noch einmal.',
    old: 'Diese Seite war lange offen. Bitte senden Sie noch einmal: alles, was Sie eingegeben haben, steht noch da.',
    often:
      'Aus Ihrem Netz kamen gerade zu viele Formulare. Warten Sie eine Minute und senden Sie noch einmal: alles, was Sie eingegeben haben, steht noch da.',
    away: 'Das konnte gerade nicht gespeichert werden. Bitte senden Sie gleich noch einmal: alles, was Sie eingegeben haben, steht noch da.',
    gone: 'Dieses Formular ist geschlossen',
    goneMore: 'Es gibt es nicht mehr. Bitte gehen Sie zu der Seite zurück, von der Sie kamen.',
  },
};
