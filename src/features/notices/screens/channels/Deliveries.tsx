import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Delivery } from '#features/notices/contract/deliver.ts';
import { instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useDeliveries } from './asking.ts';

const channelWords: Readonly<Record<Delivery['channel'], string>> = { mail: 'Mail', slack: 'Slack', teams: 'Teams' };

/** What left and what did not, without its words: those are its reader’s. */
export function Deliveries() {
  const [view, setView] = useState<'all' | 'failed'>('failed');
  const deliveries = useDeliveries(view, true);
  return (
    <Sheet
      title="What left the house"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which messages"
          value={view}
          onChange={(value) => setView(value === 'all' ? 'all' : 'failed')}
          data={[
            { value: 'failed', label: 'Not as it should' },
            { value: 'all', label: 'All' },
          ]}
        />
      }
    >
      <Answer of={deliveries} what="The messages">
        {({ items, whyNoMail, mailFrom }) => (
          <>
            <p className="sheet-body" style={{ margin: 0 }}>
              {whyNoMail ?? `Mails are sent as ${mailFrom}.`}
            </p>
            {items.length === 0 ? (
              <Empty title={view === 'failed' ? 'Nothing went wrong' : 'Nothing was sent in the last month'}>
                Digests, minutes, invitations and notices are listed here for a month, with what became of them.
              </Empty>
            ) : (
              <DeliveryTable items={items} />
            )}
          </>
        )}
      </Answer>
    </Sheet>
  );
}

function DeliveryTable({ items }: { items: readonly Delivery[] }) {
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Messages">
      <table className="readers">
        <thead>
          <tr>
            <th scope="col">To</th>
            <th scope="col">What</th>
            <th scope="col">When</th>
            <th scope="col">What became of it</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="wrap-any">{item.to}</td>
              <td>
                {channelWords[item.channel]}, {item.kind}
              </td>
              <td>{instant(item.at)}</td>
              <td className="wrap-any">{becameOf(item)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function becameOf({ state, sentAt, nextAt, tries, failedBecause, maybeTwice }: Delivery): string {
  const twice = maybeTwice ? ' The server stopped while it was sent: it may have arrived twice.' : '';
  if (state === 'sent') return `Sent ${instant(sentAt)}.${twice}`;
  if (state === 'givenUp') return `Given up: ${failedBecause ?? 'no reason is known.'}${twice}`;
  return `${failedBecause ? `${failedBecause} ` : ''}${tries > 0 ? `Tried ${tries} times; the` : 'The'} next try is ${instant(nextAt)}.${twice}`;
}
