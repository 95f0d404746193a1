/** One row of touches.csv at a time. */

import { channels } from './catalogue.ts';
import type { Member } from './company.ts';
import { world } from './parameters.ts';
import type { Lead, Run } from './run.ts';

export interface TouchShape {
  readonly side: 'marketing' | 'sales' | 'customer';
  readonly kind: 'ad_click' | 'visit' | 'form' | 'email' | 'call' | 'meeting' | 'webinar' | 'event' | 'content' | 'social' | 'message';
  readonly direction: 'in' | 'out';
  readonly automated?: boolean;
}

export const customerForm: TouchShape = { side: 'customer', kind: 'form', direction: 'in' };
export const customerEmail: TouchShape = { side: 'customer', kind: 'email', direction: 'in' };
export const customerAutoReply: TouchShape = { side: 'customer', kind: 'email', direction: 'in', automated: true };
export const machineEmail: TouchShape = { side: 'marketing', kind: 'email', direction: 'out', automated: true };
export const repCall: TouchShape = { side: 'sales', kind: 'call', direction: 'out' };
export const repEmail: TouchShape = { side: 'sales', kind: 'email', direction: 'out' };
export const repMeeting: TouchShape = { side: 'sales', kind: 'meeting', direction: 'out' };
export const repMessage: TouchShape = { side: 'sales', kind: 'message', direction: 'out' };

/** Writes a touch of the lead unless it would fall after the period; `channel` −1 for none. Returns whether it was written. */
export function writeTouch(
  run: Run,
  lead: Lead,
  shape: TouchShape,
  at: number,
  channel: number,
  outcome: string,
  subject: string,
  member: Member | undefined,
  deal: number,
  withCampaign: boolean,
): boolean {
  if (at >= run.end) return false;
  const row = run.writers['touches.csv'];
  const index = row.rows;
  row.id('T', index);
  row.instant(at);
  row.word(shape.side);
  row.word(shape.kind);
  row.word(channel < 0 ? '' : (channels[channel] as { name: string }).name);
  row.word(shape.direction);
  row.boolean(shape.automated === true);
  row.word(outcome);
  row.word(subject);
  row.id('K', withCampaign && lead.campaign ? lead.campaign.index : -1);
  row.word(member ? member.email : '');
  row.id('A', lead.account.index);
  row.id('C', lead.contactRow);
  row.id('L', lead.index);
  row.id('D', deal);
  row.instant(lateRecording(run, shape, at));
  row.endRow();
  run.truth.countTouch(shape);
  return true;
}

/** A few of the reps' touches are entered days after they happened; 0 for the others. */
function lateRecording(run: Run, shape: TouchShape, at: number): number {
  if (shape.side !== 'sales' || !run.chance.happens(world.lateRecordedShare)) return 0;
  const recorded = at + (3 + run.chance.below(15)) * 86400;
  if (recorded >= run.end) return 0;
  run.truth.lateTouches++;
  return recorded;
}
