import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import type { Series } from '#features/cadence/contract/series.ts';
import { type UsualSeries, usualSeries } from '#features/cadence/contract/usual.ts';
import { post } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { useNow } from '#ui/kit/ClockMark.tsx';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { doing, useSeriesList } from '../asking.ts';
import { untilWords } from '../words.ts';
import type { SeriesStart } from './draft.ts';
import { SeriesDialog } from './SeriesDialog.tsx';

/** The rhythm: when both sides meet, and a way to set it up or change it. */
export function SeriesSheet() {
  const list = useSeriesList();
  const [form, setForm] = useState<SeriesStart | null>(null);
  return (
    <Sheet title="Rhythm" actions={<NewSeries whyNot={list.data?.whyNotMake ?? null} known={list.data?.items ?? []} start={setForm} />}>
      <Answer of={list} what="The series" lines={3}>
        {({ items, whyNotMake }) =>
          items.length === 0 ? (
            <Usual whyNot={whyNotMake} start={setForm} />
          ) : (
            <ul className="series-list">
              {items.map((series) => (
                <SeriesRow key={series.id} series={series} change={() => setForm({ series })} />
              ))}
            </ul>
          )
        }
      </Answer>
      {form && <SeriesDialog start={form} onClose={() => setForm(null)} />}
    </Sheet>
  );
}

interface NewSeriesProps {
  whyNot: string | null;
  known: readonly Series[];
  start(from: SeriesStart): void;
}

function NewSeries({ whyNot, known, start }: NewSeriesProps) {
  if (whyNot !== null)
    return (
      <Deed variant="default" size="compact-md" whyNot={whyNot} onClick={() => undefined}>
        New series
      </Deed>
    );
  const left = usualSeries.filter(({ purpose }) => !known.some((series) => series.purpose === purpose && !series.endedAt));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-md">
          New series
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {left.map((usual) => (
          <Menu.Item key={usual.purpose} onClick={() => start({ usual })}>
            {usual.name}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => start({})}>One of our own</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Nothing is set up yet: what companies usually begin with. */
function Usual({ whyNot, start }: { whyNot: string | null; start(from: SeriesStart): void }) {
  return (
    <ul className="series-list">
      {usualSeries.map((usual: UsualSeries) => (
        <li key={usual.purpose}>
          <div className="grow">
            <strong>{usual.name}</strong>
            <div className="dim small-print">{usual.about}</div>
          </div>
          <Deed variant="default" size="compact-md" whyNot={whyNot} onClick={() => start({ usual })}>
            Set up <span className="visually-hidden">{usual.name}</span>
          </Deed>
        </li>
      ))}
    </ul>
  );
}

function SeriesRow({ series, change }: { series: Series; change(): void }) {
  const now = useNow();
  const { id, name, says, people, next, held, endedAt, can } = series;
  return (
    <li>
      <div className="grow wrap-any">
        <strong>{name}</strong>
        <div className="dim small-print">
          {says.replace(/\.$/, '')} · {plural(people, 'person', 'people')} ·{' '}
          <Go href={paths.meetings({ view: 'past', series: id })}>{held} held</Go>
        </div>
      </div>
      <span className="dim series-next">
        {endedAt ? 'Ended' : next ? <Go href={paths.meeting(next.id)}>next {untilWords(next.startsAt, now)}</Go> : 'No meeting planned'}
      </span>
      <span className="series-deeds">
        {endedAt ? (
          <Deed
            variant="default"
            size="compact-sm"
            whyNot={can.resume}
            onClick={() => void doing(post(`/meeting-series/${id}/resumption`, {})).catch(tellProblem)}
          >
            Go on with it <span className="visually-hidden">: {name}</span>
          </Deed>
        ) : (
          <>
            <Deed variant="default" size="compact-sm" whyNot={can.change} onClick={change}>
              Change <span className="visually-hidden">{name}</span>
            </Deed>
            <Deed variant="subtle" color="gray" size="compact-sm" whyNot={can.end} onClick={() => void end(series)}>
              End <span className="visually-hidden">{name}</span>
            </Deed>
          </>
        )}
      </span>
    </li>
  );
}

async function end({ id, name }: Series): Promise<void> {
  try {
    await doing(post(`/meeting-series/${id}/ending`, {}));
    tellUndoable(`${name} has ended; its planned meetings are cancelled.`, async () => {
      await doing(post(`/meeting-series/${id}/resumption`, {}));
    });
  } catch (error) {
    tellProblem(error);
  }
}
