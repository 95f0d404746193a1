import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Pulse, Pulses } from '#features/feedback/contract/pulse.ts';
import { day } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { FeedbackTabs } from '../FeedbackTabs.tsx';
import { AnswerPulse } from './AnswerPulse.tsx';
import { usePulses } from './asking.ts';
import { OpenPulse } from './OpenPulse.tsx';
import { Results } from './Results.tsx';
import { Trend } from './Trend.tsx';

/** Pulses: answer the one that is open, see what those that closed tell. */
export function PulsePage() {
  const [search, change] = useUrlSearch();
  const [opening, setOpening] = useState(false);
  const pulses = usePulses();
  const ask = (
    <Deed onClick={() => setOpening(true)} whyNot={pulses.data?.can.open}>
      Open a pulse
    </Deed>
  );
  return (
    <Page title="Pulse" actions={pulses.data && ask}>
      <FeedbackTabs />
      <Answer of={pulses} what="Pulses">
        {(answer) =>
          answer.items.length === 0 ? (
            <Empty title="No pulse yet" action={ask}>
              A pulse asks both sides and leadership a few questions, from 1 to 5. Answers carry no name; results are told when it has
              closed, and only of groups of five and more.
            </Empty>
          ) : (
            <Known
              answer={answer}
              chosen={search['pulse']}
              choose={(id) => change({ pulse: id, side: null, teamId: null, standing: null })}
            />
          )
        }
      </Answer>
      {opening && <OpenPulse onClose={() => setOpening(false)} />}
    </Page>
  );
}

function Known({ answer, chosen, choose }: { answer: Pulses; chosen: string | undefined; choose(id: string | null): void }) {
  const open = answer.items.find(({ state }) => state === 'open');
  const closed = answer.items.filter(({ can }) => can.results === null);
  const shown = closed.find(({ id }) => id === chosen) ?? closed[0];
  return (
    <div className="stack">
      <Text className="feedback-first">{headline(open, shown)}</Text>
      {open && <AnswerPulse key={open.id} pulse={open} />}
      {closed.length > 1 && <Trend />}
      {shown && <Results key={shown.id} pulse={shown} closed={closed} choose={choose} />}
    </div>
  );
}

function headline(open: Pulse | undefined, shown: Pulse | undefined): string {
  if (!open)
    return shown
      ? `The last pulse closed ${day(shown.closesOn)}.`
      : 'The last pulse has ended and is being counted: results come within the hour.';
  return open.answered
    ? `You have answered “${open.title}”. It closes ${day(open.closesOn)}; results come then.`
    : `“${open.title}” waits for your answers until ${day(open.closesOn)}.`;
}
