/** How the index is written: scores whole, changes in tenths with their sign. */

/** `62`; `–` where nothing is measured. */
export const scoreText = (score: number | null): string => (score === null ? '–' : String(Math.round(score)));

const tenths = (points: number): string =>
  Math.abs(points) >= 0.05 || points === 0 ? Math.abs(points).toFixed(1) : Math.abs(points).toFixed(2);

/** `+1.4`, `−0.3`; a real minus sign. */
export const signed = (points: number): string => (points === 0 ? '0' : `${points < 0 ? '−' : '+'}${tenths(points)}`);

/** `up 1.4`, `down 0.3`, `unchanged`: where a sign alone may be missed. */
export const changeText = (points: number): string => (points === 0 ? 'unchanged' : `${points > 0 ? 'up' : 'down'} ${tenths(points)}`);
export const changeLook = (points: number): 'good' | 'bad' | 'dim' => (points === 0 ? 'dim' : points > 0 ? 'good' : 'bad');

/** `62 %`, in tenths beneath ten. */
export const shareText = (percent: number): string => `${percent > 0 && percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;

export const stateWords = { met: 'Met', missed: 'Missed', open: 'Still open' } as const;

/** The query of an address of the API. */
export const paramsOf = (url: string): Record<string, string> => Object.fromEntries(new URLSearchParams(url.split('?')[1]));
