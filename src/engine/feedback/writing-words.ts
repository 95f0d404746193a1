/** Words the help while writing looks for: English first. Each is matched whole, in small letters. */

/** About somebody's character rather than something done. */
export const characterWords: readonly string[] = [
  ...[
    'arrogant',
    'careless',
    'clueless',
    'dishonest',
    'disorganised',
    'disorganized',
    'hopeless',
    'idiot',
    'idiots',
    'ignorant',
    'immature',
  ],
  ...['incapable', 'incompetent', 'inept', 'lazy', 'liar', 'liars', 'moron', 'morons', 'negligent', 'pathetic', 'pushy', 'rude'],
  ...[
    'selfish',
    'sloppy',
    'snobbish',
    'stubborn',
    'stupid',
    'thoughtless',
    'toxic',
    'unprofessional',
    'unreliable',
    'useless',
    'worthless',
  ],
];
export const characterPhrases: readonly string[] = [
  "don't care",
  "doesn't care",
  "didn't care",
  'do not care',
  'does not care',
  'did not care',
  'bad attitude',
  'wrong attitude',
  'attitude problem',
  'no clue',
  'no idea what',
  "can't be bothered",
  'cannot be bothered',
];

/** Rarely true, and easily answered with the one time it was otherwise. */
export const absoluteWords: readonly string[] = ['always', 'never', 'constantly', 'everybody', 'everyone', 'nobody', 'endlessly'];
export const absolutePhrases: readonly string[] = ['every time', 'all the time', 'not once', 'no one', 'time and again', 'as usual'];

/** Anger that the reader will answer instead of the matter. */
export const heatedWords: readonly string[] = [
  ...['absurd', 'appalling', 'awful', 'bloody', 'bullshit', 'crap', 'damn', 'disaster', 'disgrace', 'disgraceful', 'disgusting', 'farce'],
  ...[
    'fuck',
    'fucking',
    'garbage',
    'hell',
    'horrible',
    'insane',
    'insulting',
    'joke',
    'ridiculous',
    'rubbish',
    'shit',
    'shocking',
    'terrible',
  ],
  ...['trash', 'unacceptable', 'unbelievable', 'outrageous', 'wtf'],
];

/** Capitals that are names of things. */
export const knownCapitals: readonly string[] = [
  'ROAS',
  'ROMI',
  'SPIF',
  'SMART',
  'HTML',
  'HTTP',
  'HTTPS',
  'GDPR',
  'EMEA',
  'APAC',
  'LATAM',
  'DACH',
];

/** What asks for something. */
export const askingWords: readonly string[] = [
  ...['please', 'could', 'would', 'should', 'instead', 'suggest', 'propose', 'want', 'need', 'wish', 'hope', 'ask', 'let', 'next'],
];

/** Before what a person is said to be: "you are …", "Sam is …". */
export const beingWords: readonly string[] = ['is', 'are', 'was', 'were', "isn't", "aren't", "wasn't", "weren't"];
export const addressWords: readonly string[] = ['you', 'he', 'she', 'they'];
export const shortBeing: readonly string[] = ["you're", "he's", "she's", "they're"];
