import { Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { categoryLabels, type CostEntry } from '#features/returns/contract/ledger.ts';
import { useRights } from '#ui/api/session.ts';
import { count, day, instant, money } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useEntry } from './asking.ts';
import { rateText } from './ledgerWords.ts';
import { RateDialog } from './RateDialog.tsx';

interface EntryViewProps {
  id: string;
  open(id: string): void;
  takeBack(entry: CostEntry): void;
  /** A new entry that begins like this one. */
  again(entry: CostEntry): void;
}

/** One entry: what was paid, how it was booked, who recorded it, and what became of it. */
export function EntryView({ id, ...doing }: EntryViewProps) {
  const entry = useEntry(id);
  return (
    <Answer of={entry} what="The entry" lines={10}>
      {(shown) => <Entry entry={shown} {...doing} />}
    </Answer>
  );
}

function Entry({ entry, open, takeBack, again }: Omit<EntryViewProps, 'id'> & { entry: CostEntry }) {
  const mayPost = useRights().may('costs.post');
  return (
    <div className="stack">
      <div>
        <div className="entry-figure">{money(entry.amount, entry.currency)}</div>
        <Group gap={8}>
          <SideMark side={entry.side} />
          <span>{categoryLabels[entry.category]}</span>
          <span className="dim">{day(entry.occurredOn)}</span>
        </Group>
      </div>
      <Became entry={entry} open={open} />
      <Facts entry={entry} />
      <Group gap="sm">
        <Deed variant="default" whyNot={entry.reverse.whyNot} onClick={() => takeBack(entry)}>
          Take back…
        </Deed>
        <Deed
          variant="default"
          whyNot={mayPost ? null : 'Entries are posted by heads: a manager, an admin or the owner.'}
          onClick={() => again(entry)}
        >
          Post one like it…
        </Deed>
      </Group>
      <Text size="xs" c="dimmed">
        Entries are not edited: what is wrong is taken back by a second entry, and both stay on record.
      </Text>
    </div>
  );
}

/** What is particular about it comes first. */
function Became({ entry, open }: { entry: CostEntry; open(id: string): void }) {
  const [asked, setAsked] = useState(false);
  const mayPlan = useRights().may('costs.plan');
  const { reversedById, reversesId, booked, currency, bookedCurrency, occurredOn } = entry;
  return (
    <>
      {reversedById && (
        <div className="notice">
          It was taken back.{' '}
          <button type="button" className="as-link" onClick={() => open(reversedById)}>
            The entry that takes it back
          </button>
        </div>
      )}
      {reversesId && (
        <div className="notice">
          It takes another entry back{entry.reason && <>: “{entry.reason}”</>}.{' '}
          <button type="button" className="as-link" onClick={() => open(reversesId)}>
            The entry it takes back
          </button>
        </div>
      )}
      {booked === null && (
        <div className="notice warn">
          It waits for a rate of {currency} of {day(occurredOn)} or earlier, and is in no sum until then.{' '}
          <Deed
            size="compact-sm"
            variant="default"
            whyNot={mayPlan ? null : 'Rates are entered by heads: a manager, an admin or the owner.'}
            onClick={() => setAsked(true)}
          >
            Enter the rate…
          </Deed>
        </div>
      )}
      {asked && <RateDialog currency={currency} onDay={occurredOn} into={bookedCurrency} onClose={() => setAsked(false)} />}
    </>
  );
}

function Facts({ entry }: { entry: CostEntry }) {
  const facts = factsOf(entry).filter(([, value]) => value !== null && value !== '' && value !== undefined);
  return (
    <dl className="facts" style={{ margin: 0 }}>
      {facts.map(([label, value]) => (
        <div key={label} className="fact-row">
          <dt>{label}</dt>
          <dd className="static-value">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(entry: CostEntry): [string, ReactNode][] {
  const { booked, bookedCurrency, currency, campaign, account, recordedBy, importId, recurringId } = entry;
  return [
    [
      'Booked',
      booked !== null &&
        (currency === bookedCurrency ? money(booked, bookedCurrency) : `${money(booked, bookedCurrency)}, at ${rateText(entry)}`),
    ],
    ['Campaign', campaign && <Go href={paths.record('campaigns', campaign.id)}>{campaign.name}</Go>],
    ['Account', account && <Go href={paths.record('accounts', account.id)}>{account.name}</Go>],
    ['Team', entry.team?.name ?? (entry.teamText && `${entry.teamText} (the source’s word: no team here is called so)`)],
    ['By or for', entry.member?.name],
    ['Segment', entry.segment],
    ['Channel', entry.channel],
    ['People in it', entry.people === null ? null : count(entry.people)],
    ['Supplier', entry.supplier],
    ['What it was', entry.description],
    ...Object.entries(entry.custom).map(([key, value]): [string, ReactNode] => [key, plainValue(value)]),
    ['Recorded', `${instant(entry.recordedAt)}${recordedBy ? ` by ${recordedBy.name}` : ''}`],
    [
      'Came by',
      importId ? (
        <Go href={paths.import(importId)}>an import</Go>
      ) : recurringId ? (
        <Go href={paths.costSettings('recurring')}>a recurring cost</Go>
      ) : null,
    ],
  ].map(([label, value]) => [label as string, (value || null) as ReactNode]);
}

const plainValue = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value);
