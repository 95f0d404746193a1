/** Into which channel a visit counts, and as what kind of touch. */

import { ga4Group, type GroupRule, groupTouch, unassigned } from '../attribution/channel-groups.ts';
import { clickKinds } from './click-ids.ts';

/** What tells where a visit came from. */
export interface VisitOrigin {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly clickKind: string | null;
  readonly path: string | null;
}

export interface VisitChannel {
  /** By Google's published rules alone: what the touch is recorded with, so that own rules may change; null: none fits. */
  readonly published: string | null;
  /** As attribution groups that touch: the company's own rules first. */
  readonly group: string;
  readonly kind: 'visit' | 'ad_click';
}

export function visitChannel(origin: VisitOrigin, ownRules: readonly GroupRule[]): VisitChannel {
  const found = ga4Group(origin);
  const published = found === unassigned ? null : found;
  const kind = isAd(origin, published) ? 'ad_click' : 'visit';
  const { group } = groupTouch({ ...origin, side: 'customer', kind, channel: published, landingPage: origin.path }, ownRules);
  return { published, group, kind };
}

const paidGroups: ReadonlySet<string> = new Set([
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
]);

const isAd = ({ clickKind }: VisitOrigin, published: string | null): boolean =>
  (clickKind !== null && clickKinds[clickKind]?.paid === true) || (published !== null && paidGroups.has(published));
