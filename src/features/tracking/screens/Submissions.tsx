import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { Submission } from '#features/tracking/contract/submissions.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { SubmissionDrawer } from './SubmissionDrawer.tsx';
import { stateWords } from './submissionWords.ts';
import { useForms, useHooks, useSubmissions } from './useTracking.ts';

/** What people sent, as sent, and what became of it. */
export function Submissions() {
  const [search, change] = useUrlSearch();
  const list = useSubmissions({ sourceId: search['source'], state: search['state'] });
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="stack">
      <Filters search={search} change={change} />
      <Sheet>
        <Answer of={list} what="The submissions" lines={8}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0)
              return (
                <Empty title={search['state'] === 'failed' ? 'Nothing to mend' : 'Nothing was sent yet'}>
                  What comes through forms and webhooks stands here exactly as it was sent.
                </Empty>
              );
            return (
              <>
                <Table items={items} open={setOpen} />
                {list.hasNextPage && (
                  <Button variant="default" m="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    Show more
                  </Button>
                )}
              </>
            );
          }}
        </Answer>
      </Sheet>
      {open && <SubmissionDrawer id={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface FiltersProps {
  search: Record<string, string>;
  change(changes: Record<string, string | null>): void;
}

function Filters({ search, change }: FiltersProps) {
  const sources = [...(useForms().data?.items ?? []), ...(useHooks().data?.items ?? [])];
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Form or webhook"
        placeholder="All"
        clearable
        searchable
        w={260}
        data={sources.map(({ id, name }) => ({ value: id, label: name }))}
        value={search['source'] ?? null}
        onChange={(source) => change({ source })}
      />
      <Select
        label="State"
        placeholder="All"
        clearable
        w={160}
        data={Object.entries(stateWords).map(([value, label]) => ({ value, label }))}
        value={search['state'] ?? null}
        onChange={(state) => change({ state })}
      />
    </Group>
  );
}

function Table({ items, open }: { items: readonly Submission[]; open(id: string): void }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Submissions">
      <table className="plain stacked">
        <thead>
          <tr>
            {['When', 'Who', 'Through', 'Channel', 'What became of it'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id}>
              <th scope="row" className="no-break">
                <button type="button" className="as-link" onClick={() => open(each.id)}>
                  {instant(each.receivedAt)}
                </button>
              </th>
              <td data-label="Who" className="wrap-any">
                {each.values['fullName'] ?? each.values['email'] ?? each.values['phone'] ?? <span className="dim">not told</span>}
                {each.values['company'] && <div className="dim small-print">{each.values['company']}</div>}
              </td>
              <td data-label="Through" className="wrap-any">
                {each.source.name}
                {each.campaign && <div className="dim small-print">{each.campaign.name}</div>}
              </td>
              <td data-label="Channel">{each.channel ?? <span className="dim">{each.private ? 'asks not to be tracked' : '–'}</span>}</td>
              <td data-label="What became of it" className="wrap-any">
                <Became of={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Became({ of }: { of: Submission }) {
  if (of.lead)
    return (
      <>
        <Go href={paths.record('leads', of.lead.id)}>{of.lead.name}</Go>
        <div className="dim small-print">{of.madeLead ? 'new lead' : 'a touch of an open lead'}</div>
      </>
    );
  return (
    <>
      <span className={of.state === 'failed' ? 'bad' : 'dim'}>{stateWords[of.state]}</span>
      {of.reason && <div className="small-print">{of.reason}</div>}
    </>
  );
}
