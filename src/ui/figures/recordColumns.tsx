import type { ReactNode } from 'react';
import type { RecordsAnswer } from '#features/returns/contract/figures.ts';
import { capitalised, day, dayOfInstant, money } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';

type Item = RecordsAnswer['items'][number];
interface Column {
  head: string;
  figure?: boolean;
  show(item: Item): ReactNode;
}

export const nounOf: Record<RecordsAnswer['of'], readonly [string, string]> = {
  deal: ['deal', 'deals'],
  lead: ['lead', 'leads'],
  account: ['account', 'accounts'],
  cost: ['cost entry', 'cost entries'],
  revenue: ['revenue entry', 'revenue entries'],
};

const text = (item: Item, name: string): string | null => {
  const value = item[name];
  return typeof value === 'string' && value !== '' ? value : null;
};
const plain = (name: string, head: string): Column => ({ head, show: (item) => text(item, name) ?? '–' });
const linked = (kind: RecordsPath, head: string): Column => ({
  head,
  show: (item) => <Go href={paths.record(kind, item.id)}>{text(item, 'name') ?? '(no name)'}</Go>,
});
const namedOf = (item: Item, name: string): string | null => {
  const value = item[name];
  return value && typeof value === 'object' && 'name' in value && typeof value.name === 'string' ? value.name : null;
};

/** What is shown of records of a kind; amounts are in the answer's currency where it states one. */
export function columnsFor(of: RecordsAnswer['of'], currency: string): Column[] {
  const amount = (name: string, head: string, own = false): Column => ({
    head,
    figure: true,
    show: (item) => money(text(item, name), own ? text(item, 'currency') : currency),
  });
  const date = (name: string, head: string): Column => ({ head, show: (item) => dateText(text(item, name)) });
  switch (of) {
    case 'deal':
      return [
        linked('deals', 'Deal'),
        plain('accountName', 'Account'),
        plain('ownerName', 'Owner'),
        { head: 'Status', show: (item) => capitalised(text(item, 'status') ?? '–') },
        date('openedAt', 'Opened'),
        date('closedAt', 'Closed'),
        { head: 'Amount', figure: true, show: (item) => dealAmount(item, currency) },
      ];
    case 'lead':
      return [
        linked('leads', 'Lead'),
        plain('company', 'Company'),
        { head: 'Stage', show: (item) => <StageMark stage={text(item, 'stage') ?? 'inquiry'} /> },
        plain('origin', 'Origin'),
        date('openedAt', 'Opened'),
        date('wonAt', 'Won'),
        amount('value', 'Value', true),
      ];
    case 'account':
      return [
        linked('accounts', 'Account'),
        plain('segment', 'Segment'),
        date('firstWonOn', 'Customer since'),
        amount('before', 'Before, a month'),
        amount('after', 'After, a month'),
        amount('amount', 'Amount'),
      ];
    case 'cost':
      return [
        { head: 'Day', show: (item) => <Go href={paths.costs({ entry: item.id })}>{day(text(item, 'occurredOn'))}</Go> },
        { head: 'Side', show: (item) => <SideMark side={text(item, 'side') === 'sales' ? 'sales' : 'marketing'} /> },
        { head: 'Category', show: (item) => capitalised(text(item, 'category') ?? '–') },
        {
          head: 'For',
          show: (item) =>
            namedOf(item, 'campaign') ?? namedOf(item, 'team') ?? namedOf(item, 'account') ?? text(item, 'description') ?? '–',
        },
        { head: 'Supplier', show: (item) => text(item, 'supplier') ?? '–' },
        { head: 'Amount', figure: true, show: (item) => money(text(item, 'booked'), text(item, 'bookedCurrency') ?? currency) },
      ];
    case 'revenue':
      return [
        { head: 'Day', show: (item) => day(text(item, 'occurredOn')) },
        plain('accountName', 'Account'),
        { head: 'Kind', show: (item) => capitalised(text(item, 'kind') ?? '–') },
        amount('amount', 'Amount', true),
      ];
  }
}

/** What counted; the deal's own amount beside it where its currency is another. */
function dealAmount(item: Item, currency: string): ReactNode {
  const [own, booked] = [text(item, 'amount'), text(item, 'bookedAmount')];
  if (own === null) return <span className="dim">none stated</span>;
  const ownText = money(own, text(item, 'currency'));
  if (booked === null || text(item, 'currency') === currency || currency === '') return ownText;
  return `${money(booked, currency)} (${ownText})`;
}

const dateText = (value: string | null): string => (value === null ? '–' : value.length > 10 ? dayOfInstant(value) : day(value));
