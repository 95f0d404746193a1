import { SegmentedControl, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { type ChangeCause, changeCauses, type ChangesAnswer } from '#features/returns/contract/changes.ts';
import { capitalised, day, majorUnits, money, moneyAxis } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { Waterfall } from '#ui/kit/Waterfall.tsx';
import { paths } from '#ui/paths.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { useFigures } from './asking.ts';
import { BeforeAndNow, ChangesByGroup } from './ChangesTables.tsx';
import { figureDrawer } from './drawerState.ts';
import { Notes } from './Notes.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { type Change, type FiguresScope, queryOf, useFiguresScope } from './scope.ts';

/** Why won value is not what it was in the period before: more or fewer, from elsewhere, won more often, at another price. */
export function Changes() {
  const [scope, change, search] = useFiguresScope();
  const changes = useFigures<ChangesAnswer>('/returns/changes', queryOf(scope));
  const drawer = figureDrawer(search, change);
  return (
    <>
      <ScopeBar scope={scope} change={change} answer={changes.data} formulas={changes.data ? [changes.data.formula] : []}>
        <Before scope={scope} change={change} answer={changes.data} />
        <SegmentedControl
          aria-label="Volume counts"
          value={scope.volume}
          onChange={(volume) => change({ volume })}
          data={[
            { value: 'deals', label: 'Deals decided' },
            { value: 'leads', label: 'Leads opened' },
          ]}
        />
      </ScopeBar>
      <Answer of={changes} what="What changed" lines={8}>
        {(answer) =>
          answer.now.units + answer.before.units + answer.now.won + answer.before.won === 0 ? (
            <Empty title="Nothing was decided in either period" action={<Go href={paths.imports()}>Import deals</Go>}>
              Once deals are won or lost in both, this says what the difference comes from. Ask for a longer period, or another one.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: changes.isPlaceholderData ? 0.6 : 1 }} aria-busy={changes.isPlaceholderData}>
              <Why answer={answer} />
              <BeforeAndNow answer={answer} open={drawer.openRecords} />
              <ChangesByGroup answer={answer} open={drawer.openRecords} />
              <Notes notes={answer.notes} />
            </div>
          )
        }
      </Answer>
      {drawer.recordsUrl && <RecordsDrawer url={drawer.recordsUrl} about={drawer.about} onClose={drawer.closeRecords} />}
    </>
  );
}

function Before({ scope, change, answer }: { scope: FiguresScope; change: Change; answer: ChangesAnswer | undefined }) {
  return (
    <>
      <TextInput
        type="date"
        label="Compared with, from"
        value={scope.beforeStart ?? answer?.beforeStart ?? ''}
        onChange={(event) => change({ beforeStart: event.currentTarget.value || null })}
      />
      <TextInput
        type="date"
        label="to"
        aria-label="Compared with, to"
        value={scope.beforeEnd ?? answer?.beforeEnd ?? ''}
        onChange={(event) => change({ beforeEnd: event.currentTarget.value || null })}
      />
    </>
  );
}

const causeLabels: Record<ChangeCause, string> = { volume: 'Volume', mix: 'Mix', rate: 'Rate', price: 'Price', apart: 'Apart' };

function Why({ answer }: { answer: ChangesAnswer }) {
  const { before, now, effects, sentences, currency, change, difference } = answer;
  const drawn = useMemo(() => {
    const major = (amount: string): number => Number(majorUnits(amount, currency));
    return {
      steps: [
        { label: 'Before', value: major(before.value), level: true },
        ...changeCauses
          .filter((cause) => cause !== 'apart' || effects.apart !== '0')
          .map((cause) => ({ label: causeLabels[cause], value: major(effects[cause]) })),
        { label: 'Now', value: major(now.value), level: true },
      ],
      axis: moneyAxis(currency),
    };
  }, [before, now, effects, currency]);
  const fell = change.startsWith('-');
  return (
    <Sheet title="What changed, and why" padded>
      <p style={{ marginTop: 0 }}>
        From {day(answer.start)} to {day(answer.end)} <strong>{money(now.value, currency)}</strong> was won,{' '}
        {change === '0' ? 'as much as' : `${money(change.replace('-', ''), currency)} ${fell ? 'less' : 'more'} than`} from{' '}
        {day(answer.beforeStart)} to {day(answer.beforeEnd)}.
      </p>
      {sentences.length > 0 && (
        <ul className="figure-sentences">
          {sentences.map(({ cause, text }) => (
            <li key={cause}>{capitalised(text)}</li>
          ))}
        </ul>
      )}
      <Waterfall label="From the period before to now" height={250} {...drawn} />
      <p className="dim" style={{ marginBottom: 0 }}>
        The parts add up to the change; difference {money(difference, currency)}.
      </p>
    </Sheet>
  );
}
