import { Button, Group, SegmentedControl } from '@mantine/core';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { day } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useFigures } from './asking.ts';
import { Counting } from './Counting.tsx';
import { FigureDrawers } from './FigureDrawer.tsx';
import type { Shown } from './FigureParts.tsx';
import { figureDrawer } from './drawerState.ts';
import { ChooseFigures } from './FigureGroups.tsx';
import { csvOf, namesIn } from './figureRows.ts';
import { LeanOn } from './LeanOn.tsx';
import { isNothing } from './figureKnown.ts';
import { NoFigures } from './NoFigures.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { queryOf, useFiguresScope } from './scope.ts';
import { TrendChart } from './TrendChart.tsx';
import { TrendTable } from './TrendTable.tsx';
import { periodText, usualTrend } from './trendWords.ts';

/** Figures month by month, with the versions of the agreement that took effect. */
export function Trend() {
  const [scope, change, search] = useFiguresScope();
  const trend = useFigures<TrendAnswer>('/figures/trend', queryOf(scope));
  const names = namesIn(search['show'], usualTrend);
  const drawer = figureDrawer(search, change);
  return (
    <>
      <ScopeBar scope={scope} change={change} answer={trend.data}>
        <SegmentedControl
          aria-label="A point is"
          value={scope.every}
          onChange={(every) => change({ every, of: null, figure: null })}
          data={[
            { value: 'month', label: 'Months' },
            { value: 'quarter', label: 'Quarters' },
          ]}
        />
        <ChooseFigures label="Choose figures" names={names} choose={(chosen) => change({ show: chosen.join(',') })} />
      </ScopeBar>
      <Counting scope={scope} change={change} answered={trend.data} called={search['counting'] === 'open'} />
      <Answer of={trend} what="The figures by time" lines={10}>
        {(answer) =>
          answer.points.every(isNothing) ? (
            <NoFigures answer={answer} scope={scope} change={change} />
          ) : (
            <div className="stack" style={{ opacity: trend.isPlaceholderData ? 0.6 : 1 }} aria-busy={trend.isPlaceholderData}>
              <Versions answer={answer} />
              <div className="columns">
                {names.map((name) => (
                  <TrendChart key={name} answer={answer} name={name} open={(period) => drawer.openFigure(name, period)} />
                ))}
              </div>
              <Sheet
                title={`By ${answer.every}`}
                actions={
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() =>
                      saveCsv(
                        `figures-by-${answer.every}-${answer.start}-${answer.end}.csv`,
                        csvOf(
                          answer.every,
                          answer.points.map(({ period, figures }) => ({ label: period, figures })),
                          names,
                          answer.currency,
                        ),
                      )
                    }
                  >
                    CSV
                  </Button>
                }
              >
                <TrendTable answer={answer} names={names} open={drawer.openFigure} />
              </Sheet>
              <LeanOn answer={answer} change={change} />
              <FigureDrawers drawer={drawer} header={answer} find={(key) => shownOf(answer, key)} />
            </div>
          )
        }
      </Answer>
    </>
  );
}

function shownOf({ points }: TrendAnswer, key: string | null): Shown | undefined {
  const point = points.find(({ period }) => period === key);
  return point && { ...point, label: periodText(point.period) };
}

/** What the lines across the pictures are. */
function Versions({ answer: { marks } }: { answer: TrendAnswer }) {
  if (marks.length === 0)
    return (
      <p className="dim figure-words">
        No version of the agreement took effect in this period; where one does, it is marked.{' '}
        <Go href={paths.agreement()}>The agreement</Go>
      </p>
    );
  return (
    <Group gap="md" className="figure-words">
      <span>Marked where the agreement changed:</span>
      {marks.map(({ on, versionId, number }) => (
        <span key={versionId}>
          v{number}, <Go href={paths.contract(versionId)}>in force from {day(on)}</Go>
        </span>
      ))}
    </Group>
  );
}
