/**
 * A message as its writer means it, whichever way it leaves: as mail (HTML and text), in a room of Slack or Teams, or
 * shown in the app. Addresses (`opens`) are paths of the app; the way out makes them whole.
 */

export interface Message {
  /** What it is; the subject of a mail. */
  readonly title: string;
  /** The one sentence that matters. */
  readonly lead: string;
  readonly sections: readonly Section[];
  /** Where all of it stands, and what its button says. */
  readonly opens: string;
  readonly opensLabel: string;
  /** Why it came to its reader, e.g. “You chose a weekly digest.” */
  readonly why?: string;
}

export interface Section {
  readonly heading: string;
  readonly parts: readonly Part[];
}

export type Part = Paragraph | Points | Figures | Bars;

export interface Paragraph {
  readonly kind: 'text';
  readonly text: string;
  readonly opens?: string;
}

/** Things to do or to know, in order. */
export interface Points {
  readonly kind: 'points';
  readonly items: readonly Point[];
}
export interface Point {
  readonly text: string;
  /** What stands below it, smaller: whose, by when. */
  readonly detail?: string;
  readonly tone?: Tone;
  readonly opens?: string;
}

/** A few numbers beside each other. */
export interface Figures {
  readonly kind: 'figures';
  readonly items: readonly Figure[];
}
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly tone?: Tone;
  readonly opens?: string;
}

/** Bars of a length between 0 and 100, all on one scale. */
export interface Bars {
  readonly kind: 'bars';
  /** What is shown, for those who don't see it. */
  readonly caption: string;
  readonly items: readonly Bar[];
}
export interface Bar {
  readonly label: string;
  readonly value: string;
  /** Percent of the full width, 0 to 100. */
  readonly length: number;
  /** Percent of the full width where a mark stands: what was agreed, planned or expected. */
  readonly mark?: number;
  readonly tone?: Tone;
  readonly opens?: string;
}

/** `late`, `below` (what was agreed), `soon` and `good` are told by a word too, never by the colour alone. */
export type Tone = 'plain' | 'good' | 'soon' | 'late' | 'below' | 'marketing' | 'sales';
