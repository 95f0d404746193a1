/**
 * Of what the alignment index is made up: six activities, each of a handful of components. One table for server, screens
 * and docs. It scores how the two sides work together, not whether they think alike, and never a person.
 *
 * Every component is a share, met ÷ due, held against a target: `score = 100 × (share − floor) ÷ (target − floor)`,
 * not below 0 and not above 100. At the target a company does what can be asked; at the floor it may as well not do it.
 */

import type { ActivityName } from './activities.ts';
import type { IndexComponent } from './component.ts';
import { collaborateComponents } from './components/collaborate.ts';
import { communicateComponents } from './components/communicate.ts';
import { criticismComponents } from './components/criticism.ts';
import { goalsComponents } from './components/goals.ts';
import { incentivesComponents } from './components/incentives.ts';
import { shareComponents } from './components/share.ts';

/** Changes whenever a formula of the table changes, so that an old number can be told from a new one. */
export const indexVersion = 'index-1';

export const componentTable = {
  ...shareComponents,
  ...collaborateComponents,
  ...goalsComponents,
  ...incentivesComponents,
  ...communicateComponents,
  ...criticismComponents,
} as const satisfies Record<string, IndexComponent>;

export type ComponentName = keyof typeof componentTable;
export const componentNames = Object.keys(componentTable) as [ComponentName, ...ComponentName[]];
export const componentsOf = (activity: ActivityName): ComponentName[] =>
  componentNames.filter((name) => componentTable[name].activity === activity);

/** Components as one shape, whatever their literals. */
export const componentOf = (name: ComponentName): IndexComponent => componentTable[name];
