/** Addresses of the app made whole for those who read elsewhere. */

export interface Links {
  /** Where people reach the app, without a slash at its end. */
  readonly base: string;
}

/** @param opens a path of the app; anything else opens its first page, wherever it would lead */
export function wholeAddress({ base }: Links, opens: string): string {
  const isPath = opens.startsWith('/') && !opens.startsWith('//') && !/[\s\\]/.test(opens);
  return `${base}${isPath ? opens : '/'}`;
}

/** What tones say where colours don't. */
const toneWords = { late: 'Late', below: 'Below', soon: 'Due soon', good: 'Good' } as const;
export const toneWord = (tone: string | undefined): string | null =>
  tone !== undefined && Object.hasOwn(toneWords, tone) ? toneWords[tone as keyof typeof toneWords] : null;
