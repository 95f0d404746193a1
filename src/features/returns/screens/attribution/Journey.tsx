import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { dayOfInstant, days, instant, money, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { useJourney } from './asking.ts';
import './attribution.css';
import { JourneyCredit } from './JourneyCredit.tsx';
import { JourneyRest } from './JourneyRest.tsx';
import { JourneyTouches } from './JourneyTouches.tsx';
import { conversionWords } from './settingWords.ts';

const kindPath = { account: 'accounts', contact: 'contacts', lead: 'leads', deal: 'deals' } as const;

/** One conversion and what led to it, touch by touch. */
export function Journey() {
  const journey = useJourney(usePathParam('unitId'), usePathParam('place'));
  const shown = journey.data;
  const name = shown?.conversion?.name || shown?.unit.name || 'Journey';
  return (
    <Page
      title={`Journey: ${name}`}
      heading={
        <>
          <div style={{ fontSize: '0.75rem', fontWeight: 400 }}>
            <Go href={paths.attribution()}>Attribution</Go>
          </div>
          What led to {shown?.conversion ? `“${name}”` : name}
        </>
      }
    >
      <ReturnsTabs />
      <Answer of={journey} what="This journey" lines={12}>
        {(answer) => (
          <div className="stack">
            <Head answer={answer} />
            <JourneyTouches answer={answer} />
            {answer.conversion && answer.touches.length > 0 && <JourneyCredit answer={answer} conversion={answer.conversion} />}
            <JourneyRest answer={answer} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

/** The conversion in a sentence, with the way to each record. */
function Head({ answer }: { answer: JourneyAnswer }) {
  const { conversion, unit, account, owner, touches, currency, setting, segment, windowFrom } = answer;
  const first = touches[0];
  const span = first && conversion ? (Date.parse(conversion.at) - Date.parse(first.at)) / 86_400_000 : null;
  return (
    <div>
      <p className="page-words">
        {conversion ? (
          <>
            <Go href={paths.record(conversion.kind === 'deal' ? 'deals' : 'leads', conversion.id)}>{conversion.name || '(no name)'}</Go>
            {` ${conversionWords[setting.content.conversion].past} on ${instant(conversion.at)}`}
            {conversion.amount === null ? ', without an amount that counts' : `, for ${money(conversion.amount, currency)}`}
            {touches.length === 0
              ? '. No touch came before it: nobody is credited.'
              : `, after ${plural(touches.length, 'touch', 'touches')}${span === null ? '' : ` in ${days(span)}`}.`}
          </>
        ) : (
          <>{plural(touches.length, 'touch', 'touches')} so far, no conversion yet: nothing is credited until there is one.</>
        )}
      </p>
      <p className="dim" style={{ margin: '4px 0 0' }}>
        {`Journey of the ${unit.kind} `}
        <Go href={paths.record(kindPath[unit.kind], unit.id)}>{unit.name || '(no name)'}</Go>
        {account && account.id !== unit.id && (
          <>
            {' at '}
            <Go href={paths.record('accounts', account.id)}>{account.name}</Go>
          </>
        )}
        {owner && ` · owner ${owner.name}`}
        {segment && ` · ${segment}`}
        {windowFrom && ` · touches from ${dayOfInstant(windowFrom)} on count`}
      </p>
    </div>
  );
}
