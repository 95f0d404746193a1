import type { FiguresAnswer } from '#features/returns/contract/figures.ts';
import { Answer } from '#ui/kit/States.tsx';
import { useFigures } from './asking.ts';
import { Counting } from './Counting.tsx';
import { FigureDrawers } from './FigureDrawer.tsx';
import type { Shown } from './FigureParts.tsx';
import { figureDrawer } from './drawerState.ts';
import { FigureGroups } from './FigureGroups.tsx';
import { FigureTiles } from './FigureTiles.tsx';
import { headline } from './headline.ts';
import { LeanOn } from './LeanOn.tsx';
import { isNothing } from './figureKnown.ts';
import { rowLabel } from './figureRows.ts';
import { NoFigures } from './NoFigures.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { queryOf, useFiguresScope } from './scope.ts';

/** All together as tiles, then group by group. */
export function AllFigures() {
  const [scope, change, search] = useFiguresScope();
  const figures = useFigures<FiguresAnswer>('/figures', queryOf(scope));
  const drawer = figureDrawer(search, change);
  return (
    <>
      <ScopeBar scope={scope} change={change} answer={figures.data} />
      <Counting scope={scope} change={change} answered={figures.data} called={search['counting'] === 'open'} />
      <Answer of={figures} what="The figures" lines={12}>
        {(answer) =>
          isNothing(answer.total) ? (
            <NoFigures answer={answer} scope={scope} change={change} />
          ) : (
            <div className="stack" style={{ opacity: figures.isPlaceholderData ? 0.6 : 1 }} aria-busy={figures.isPlaceholderData}>
              <p className="leader-headline">{headline(answer)}</p>
              <FigureTiles answer={answer} open={drawer.openFigure} change={change} />
              {answer.by !== 'none' && <FigureGroups answer={answer} search={search} change={change} open={drawer.openFigure} />}
              <LeanOn answer={answer} change={change} />
              <FigureDrawers drawer={drawer} header={answer} find={(key) => shownOf(answer, key)} />
            </div>
          )
        }
      </Answer>
    </>
  );
}

/** @param key JSON of the group; null: all together */
function shownOf(answer: FiguresAnswer, key: string | null): Shown | undefined {
  const { start, end, total, rows, by } = answer;
  if (key === null) return { label: 'All together', start, end, ...total };
  const row = rows.find(({ group }) => JSON.stringify(group) === key);
  return row && { ...row, label: rowLabel(by, row), start, end };
}
