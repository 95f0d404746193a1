import { Button } from '@mantine/core';
import type { AttributionAnswer } from '#features/returns/contract/attribution.ts';
import { count, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { Work } from './Freshness.tsx';
import { conversionWords } from './settingWords.ts';
import type { OpenConversions } from './Paths.tsx';

/** Before the first journeys are built. */
export function NoJourneys({ answer }: { answer: AttributionAnswer }) {
  const { building } = answer.freshness;
  if (building)
    return (
      <Sheet>
        <Empty title="Journeys are being built">
          Touches of both sides are put in order before every conversion.{' '}
          {building.progress && `${count(building.progress.done)} of ${count(building.progress.of)} read so far.`}
          <Work done={building.progress} label="Journeys" />
        </Empty>
      </Sheet>
    );
  return (
    <Sheet>
      <Empty title="No journeys yet" action={<Go href={paths.imports()}>Import records</Go>}>
        Here stands what each channel, campaign and person is credited. It takes deals or leads, and touches of either side: ad clicks,
        forms, e-mails, calls, meetings.
      </Empty>
    </Sheet>
  );
}

interface NothingConvertedProps {
  answer: AttributionAnswer;
  anyTime(): void;
  open: OpenConversions;
}

/** Journeys, but no conversion in what is asked for. */
export function NothingConverted({ answer, anyTime, open }: NothingConvertedProps) {
  const one = conversionWords[answer.setting?.content.conversion ?? 'won'];
  const { openJourneys, openJourneysUrl } = answer.total;
  const journeys = plural(openJourneys, 'journey');
  const narrowed = answer.start !== null || answer.end !== null;
  return (
    <Sheet>
      <Empty
        title={narrowed ? `No ${one.many} in this period` : `No ${one.many} yet`}
        action={
          narrowed ? (
            <Button variant="default" onClick={anyTime}>
              Look at all time
            </Button>
          ) : (
            <Go href={paths.records('deals')}>To the deals</Go>
          )
        }
      >
        Credit is given when a journey ends with a {one.one}.{' '}
        {openJourneys === 0 ? (
          journeys
        ) : (
          <button type="button" className="as-link" onClick={() => open(openJourneysUrl, 'Journeys without a conversion by now')}>
            {journeys}
          </button>
        )}{' '}
        {openJourneys === 1 ? 'is' : 'are'} under way.
      </Empty>
    </Sheet>
  );
}
