/** How the records behind the numbers of an asset are shown. */

import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { ContentUse, outcomeRecords, wonDeals } from '#features/campaigns/contract/content-uses.ts';
import { dayOfInstant, instant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { stageLabel } from '#ui/records.ts';
import { openedTold, wayWords } from './useWords.ts';

interface Column<Item> {
  readonly head: string;
  show(item: Item): ReactNode;
}
type Deal = z.output<typeof wonDeals>['items'][number];
type Lead = z.output<typeof outcomeRecords>['items'][number];

const uses: Column<ContentUse>[] = [
  {
    head: 'For',
    show: ({ subject }) => (
      <>
        <Go href={paths.record(subject.kind === 'lead' ? 'leads' : 'deals', subject.id)}>{subject.name}</Go>
        {subject.company && <div className="dim small-print">{subject.company}</div>}
      </>
    ),
  },
  { head: 'How', show: ({ way, version }) => `${wayWords[way]}, version ${version.number}` },
  { head: 'By', show: ({ member }) => member.name },
  { head: 'When', show: ({ usedAt }) => instant(usedAt) },
  { head: 'Opened', show: (use) => openedTold(use) },
];
const deals: Column<Deal>[] = [
  { head: 'Deal', show: ({ id, name }) => <Go href={paths.record('deals', id)}>{name}</Go> },
  { head: 'Account', show: ({ account }) => account?.name ?? '–' },
  { head: 'Amount', show: ({ amount, currency }) => (amount === null ? 'not known' : money(amount, currency)) },
  { head: 'Used', show: ({ usedAt, usedBy }) => `${dayOfInstant(usedAt)}, ${usedBy.name}` },
  { head: 'Won', show: ({ wonAt }) => dayOfInstant(wonAt) },
];
const leads: Column<Lead>[] = [
  {
    head: 'Lead',
    show: ({ leadId, name, company }) => (
      <>
        <Go href={paths.record('leads', leadId)}>{name}</Go>
        {company && <div className="dim small-print">{company}</div>}
      </>
    ),
  },
  { head: 'Segment', show: ({ segment }) => segment ?? '–' },
  { head: 'Compared at', show: ({ stage, at }) => `${stageLabel(stage)}, ${dayOfInstant(at)}` },
  { head: 'Owner', show: ({ owner }) => owner?.name ?? '–' },
  {
    head: 'Decided',
    show: ({ won, decidedAt }) => <span className={won ? 'good' : 'dim'}>{`${won ? 'Won' : 'Not won'} ${dayOfInstant(decidedAt)}`}</span>,
  },
];

export type BehindKind = 'uses' | 'deals' | 'leads';
export const kindOfUrl = (url: string): BehindKind =>
  url.includes('/outcome/records') ? 'leads' : url.includes('/deals') ? 'deals' : 'uses';

/** The server’s answer decides what an item is; the address says which. */
export const behindColumns = {
  uses: { noun: 'use', columns: uses as Column<never>[] },
  deals: { noun: 'deal', columns: deals as Column<never>[] },
  leads: { noun: 'lead', columns: leads as Column<never>[] },
} as const;
