/** Delays in steps, so that a curve is asked for a few of them only: six to each power of e, some 18 % from one to the next. */

const stepsAPower = 6;
/** 3 minutes and less. */
const shortest = 0.05;
/** 4,000 hours and more. */
const longest = 4000;
const firstStep = Math.round(Math.log(shortest) * stepsAPower);
export const delaySteps = Math.round(Math.log(longest) * stepsAPower) - firstStep + 1;

/** @param hours from 0 @returns from 0 to `delaySteps` − 1 */
export const stepOfDelay = (hours: number): number =>
  Math.round(Math.log(Math.min(longest, Math.max(shortest, hours))) * stepsAPower) - firstStep;

/** The hours that stand for a step. */
export const hoursOfStep = (step: number): number => Math.exp((step + firstStep) / stepsAPower);
