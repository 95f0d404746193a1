/**
 * Help while writing feedback: what will make it easy to answer. It never forbids anything, needs no server, and says
 * in which field it found what.
 */

import type { Tone } from './states.ts';
import {
  absolutePhrases,
  absoluteWords,
  addressWords,
  askingWords,
  beingWords,
  characterPhrases,
  characterWords,
  heatedWords,
  knownCapitals,
  shortBeing,
} from './writing-words.ts';

export const feedbackFields = ['situation', 'behaviour', 'impact', 'nextTime'] as const;
export type FeedbackField = (typeof feedbackFields)[number];

export interface Draft extends Readonly<Record<FeedbackField, string>> {
  readonly tone: Tone;
}

export const adviceKinds = [
  'namesPerson',
  'judgesCharacter',
  'absolute',
  'heated',
  'noExample',
  'noImpact',
  'asksNothing',
  'tooLong',
] as const;
export type AdviceKind = (typeof adviceKinds)[number];

export interface Advice {
  readonly kind: AdviceKind;
  readonly field: FeedbackField;
  /** What was found, as it was written; null where something is missing. */
  readonly found: string | null;
  readonly say: string;
}

/** Characters of all fields together that are still read in one go. */
export const longestDraft = 1_200;
/** Fewer words than this say nothing yet. */
const fewestWords = 4;

/** @param people names of people, whole or given names, that a behaviour needn’t name */
export function adviseOn(draft: Draft, people: readonly string[] = []): Advice[] {
  if (feedbackFields.every((field) => draft[field].trim() === '')) return [];
  return [
    ...(draft.tone === 'criticism' ? feedbackFields.flatMap((field) => wordingAdvice(field, draft[field], people)) : []),
    ...missingAdvice(draft),
    ...lengthAdvice(draft),
  ];
}

function wordingAdvice(field: FeedbackField, text: string, people: readonly string[]): Advice[] {
  const words = wordsOf(text);
  const found: [AdviceKind, string | null, string][] = [
    [
      'namesPerson',
      field === 'behaviour' ? personSaidToBe(text, words, people) : null,
      'This says what somebody is. Say what was done: then it can be done differently.',
    ],
    [
      'judgesCharacter',
      foundIn(text, words, characterWords, characterPhrases),
      'This judges a character, which nobody can change by Monday. Say what you saw or heard.',
    ],
    [
      'absolute',
      foundIn(text, words, absoluteWords, absolutePhrases),
      'This is seldom quite true, and one exception answers it. Name the case, or how often.',
    ],
    ['heated', foundIn(text, words, heatedWords, []) ?? shouted(text), 'This sounds angry, and anger gets answered instead of the matter.'],
  ];
  return found.flatMap(([kind, what, say]) => (what === null ? [] : [{ kind, field, found: what, say }]));
}

function missingAdvice(draft: Draft): Advice[] {
  const { tone, situation, behaviour, impact, nextTime } = draft;
  const advice: Advice[] = [];
  const miss = (kind: AdviceKind, field: FeedbackField, say: string) => advice.push({ kind, field, found: null, say });
  if (isThin(situation)) miss('noExample', 'situation', 'Say when and where it was, so that the other side knows which case you mean.');
  if (isThin(impact))
    miss(
      'noImpact',
      'impact',
      tone === 'praise' ? 'Say what it did for you or the customer.' : 'Say what came of it: time, money, a customer, your own work.',
    );
  if (tone === 'criticism' && isThin(nextTime) && !asks([behaviour, impact, nextTime].join(' ')))
    miss('asksNothing', 'nextTime', 'Say what you would like next time: else there is nothing to say yes to.');
  return advice;
}

function lengthAdvice(draft: Draft): Advice[] {
  const lengths = feedbackFields.map((field) => draft[field].trim().length);
  if (lengths.reduce((sum, length) => sum + length, 0) <= longestDraft) return [];
  const longest = feedbackFields[lengths.indexOf(Math.max(...lengths))]!;
  return [
    {
      kind: 'tooLong',
      field: longest,
      found: null,
      say: 'This is long: one case is read, three are skimmed. Keep the one that matters most.',
    },
  ];
}

const isThin = (text: string): boolean => wordsOf(text).length < fewestWords;
const asks = (text: string): boolean => text.includes('?') || wordsOf(text).some(({ small }) => askingWords.includes(small));

// ── finding ─────────────────────────────────────────────────────────────────

interface Word {
  readonly written: string;
  readonly small: string;
}

const wordsOf = (text: string): Word[] =>
  (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []).map((written) => ({ written, small: plainQuotes(written).toLowerCase() }));

const plainQuotes = (text: string): string => text.replaceAll('’', "'");

function foundIn(text: string, words: readonly Word[], listed: readonly string[], phrases: readonly string[]): string | null {
  const word = words.find(({ small }) => listed.includes(small));
  if (word) return word.written;
  const small = plainQuotes(text).toLowerCase();
  const phrase = phrases.find((each) => new RegExp(`(?<![\\p{L}])${each}(?![\\p{L}])`, 'u').test(small));
  return phrase ?? null;
}

/** "Sam is …", "you are …", "they’re …": a person, and what they are said to be. */
function personSaidToBe(text: string, words: readonly Word[], people: readonly string[]): string | null {
  const short = words.find(({ small }) => shortBeing.includes(small));
  if (short) return short.written;
  const at = words.findIndex(({ small }, place) => addressWords.includes(small) && isBeing(words, place + 1));
  if (at >= 0) return `${words[at]!.written} ${words[at + 1]!.written}`;
  const small = text.toLowerCase();
  const name = people
    .flatMap((person) => [person, person.split(' ')[0]!])
    .find(
      (each) =>
        each.length > 2 &&
        new RegExp(`(?<![\\p{L}])${escaped(each.toLowerCase())} (?:${beingWords.join('|')})(?![\\p{L}])`, 'u').test(plainQuotes(small)),
    );
  return name ?? null;
}

/** "you were late" tells of something done; "you are late" and "you are careless" of somebody. What was done has a verb in -ed or -ing. */
function isBeing(words: readonly Word[], place: number): boolean {
  const being = words[place]?.small;
  return being !== undefined && beingWords.includes(being) && !/(?:ed|ing)$/.test(words[place + 1]?.small ?? '');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Two words in capitals, or marks in a row. */
function shouted(text: string): string | null {
  const capitals = (text.match(/(?<![\p{L}])\p{Lu}{4,}(?![\p{L}])/gu) ?? []).filter((word) => !knownCapitals.includes(word));
  if (capitals.length >= 2) return capitals[0]!;
  return /[!?]{2,}/.exec(text)?.[0] ?? null;
}
