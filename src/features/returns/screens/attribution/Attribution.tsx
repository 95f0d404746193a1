import { Button } from '@mantine/core';
import type { AttributionAnswer } from '#features/returns/contract/attribution.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { useAttribution } from './asking.ts';
import './attribution.css';
import { AttributionScopeBar } from './AttributionScopeBar.tsx';
import { CreditsDrawer } from './CreditsDrawer.tsx';
import { Freshness } from './Freshness.tsx';
import { ModelDrawer } from './ModelDrawer.tsx';
import { hasValue, type Measure } from './modelRanges.ts';
import { ModelSheet } from './ModelSheet.tsx';
import { NoJourneys, NothingConverted } from './NoAttribution.tsx';
import { Paths } from './Paths.tsx';
import { RangeSheet } from './RangeSheet.tsx';
import { periodQuery, queryOf, useAttributionScope } from './scope.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

/** Who brought it: what each channel, campaign, person or month is credited, by every model side by side. */
export function Attribution() {
  const [scope, change, search] = useAttributionScope();
  const attribution = useAttribution({ by: scope.by, ...periodQuery(scope) });
  const open = (url: string, about: string, model?: string): void =>
    change({ open: queryOf(url, model ? { model } : {}), about, explain: null });
  const shown = attribution.data;
  return (
    <Page
      title="Attribution"
      actions={
        <>
          <Go href={paths.channelGroups()}>Channel groups</Go>
          <Button variant="default" onClick={() => change({ settings: 'open' })}>
            How journeys are read
          </Button>
        </>
      }
    >
      <ReturnsTabs />
      <AttributionScopeBar scope={scope} change={change} answer={shown} />
      <Answer of={attribution} what="Attribution" lines={12}>
        {(answer) => (
          <div className="stack" style={{ opacity: attribution.isPlaceholderData ? 0.6 : 1 }} aria-busy={attribution.isPlaceholderData}>
            <Freshness of={answer.freshness} notes={answer.setting ? answer.notes : []} />
            {answer.setting === null ? (
              <NoJourneys answer={answer} />
            ) : answer.total.conversions === 0 ? (
              <NothingConverted answer={answer} anyTime={() => change({ start: null, end: null, segment: null })} open={open} />
            ) : scope.part === 'paths' ? (
              <Paths scope={scope} change={change} search={search} open={open} />
            ) : (
              <Credit
                answer={answer}
                measure={scope.measure ?? (hasValue(answer) ? 'value' : 'conversions')}
                open={open}
                explain={(explain) => change({ explain, open: null, about: null })}
              />
            )}
          </div>
        )}
      </Answer>
      {search['open'] && (
        <CreditsDrawer query={search['open']} about={search['about']} change={change} onClose={() => change({ open: null, about: null })} />
      )}
      {search['explain'] && shown && <ModelDrawer answer={shown} model={search['explain']} onClose={() => change({ explain: null })} />}
      {search['settings'] === 'open' && <SettingsDialog onClose={() => change({ settings: null })} />}
    </Page>
  );
}

interface CreditProps {
  answer: AttributionAnswer;
  measure: Measure;
  open(url: string, about: string, model?: string): void;
  explain(model: string): void;
}

function Credit(props: CreditProps) {
  return (
    <>
      <RangeSheet {...props} />
      <ModelSheet {...props} />
    </>
  );
}
