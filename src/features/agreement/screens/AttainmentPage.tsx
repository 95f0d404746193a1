import { Button } from '@mantine/core';
import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { count, percent } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { AttainmentScope } from './AttainmentScope.tsx';
import { ClauseCard } from './ClauseCard.tsx';
import { ClauseRecordsDrawer } from './ClauseRecordsDrawer.tsx';
import { PaceDaysDrawer } from './PaceDays.tsx';
import { useAttainment, useAttainmentScope } from './useAttainment.ts';

/** Whether each side keeps its word: clause by clause, every number opening into its leads. */
export function AttainmentPage() {
  const go = useGo();
  const [scope, change] = useAttainmentScope();
  const [search] = useUrlSearch();
  const attainment = useAttainment(scope);
  return (
    <Page
      title="Attainment"
      actions={
        <Button variant="default" onClick={() => go(paths.evidence({ start: scope.start, end: scope.end }))}>
          Evidence
        </Button>
      }
    >
      <AttainmentScope scope={scope} change={change} />
      <Answer of={attainment} what="Attainment" lines={10}>
        {(answer) =>
          answer.clauses.length === 0 ? (
            <Empty title="No agreement was in force" action={<Button onClick={() => go(paths.agreement())}>Go to the agreement</Button>}>
              Once both sides have signed a contract, each clause stands here with what was due, what was kept, and the leads behind it.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: attainment.isPlaceholderData ? 0.6 : 1 }} aria-busy={attainment.isPlaceholderData}>
              <Sides answer={answer} />
              <div className="columns">
                {(['marketing', 'sales'] as const).map((side) => (
                  <div key={side} className="stack">
                    {answer.clauses
                      .filter((clause) => clause.side === side)
                      .map((clause) => (
                        <ClauseCard key={clause.key} clause={clause} answer={answer} open={(open) => change({ open })} />
                      ))}
                  </div>
                ))}
              </div>
              <ul className="notes dim">
                {answer.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </div>
          )
        }
      </Answer>
      {search['open'] && <Opened query={search['open']} answer={attainment.data} open={(open) => change({ open })} />}
    </Page>
  );
}

/** What a number opened into: leads, or the working days of a pace. */
function Opened({ query, answer, open }: { query: string; answer: AttainmentAnswer | undefined; open(query: string | null): void }) {
  const params = new URLSearchParams(query);
  const days = params.get('days');
  const clause = answer?.clauses.find(({ key }) => key === params.get('clause'));
  if (days === null) return <ClauseRecordsDrawer query={query} clause={clause} onClose={() => open(null)} />;
  if (!answer || !clause) return null;
  const [from, to] = [params.get('from') ?? answer.start, params.get('to') ?? answer.end];
  const period = { start: from > answer.start ? from : answer.start, end: to < answer.end ? to : answer.end };
  return <PaceDaysDrawer clause={clause} period={period} which={days} open={open} onClose={() => open(null)} />;
}

/** Each side at a glance: how many of its clauses it keeps. */
function Sides({ answer }: { answer: AttainmentAnswer }) {
  return (
    <div className="tiles">
      {answer.sides.map(({ side, kept, broken, due, compliant, attainment }) => (
        <div key={side} className="tile">
          <div className="tile-label">
            <SideMark side={side} /> keeps its word in
          </div>
          <div className={`tile-figure ${broken > 0 ? 'bad' : kept > 0 ? 'good' : ''}`}>
            {kept + broken === 0 ? 'nothing was due' : `${kept} of ${kept + broken} clauses`}
          </div>
          <div className="tile-label">
            {due > 0 ? `${count(compliant)} of ${count(due)} obligations, ${percent(attainment)}` : 'no obligation fell due'}
          </div>
        </div>
      ))}
    </div>
  );
}
