import { useQuery } from '@tanstack/react-query';
import type { Scoreboard } from '#features/alignment/contract/scoreboard.ts';
import { get } from '#ui/api/client.ts';
import { Answer } from '#ui/kit/States.tsx';
import { AgreementTile, CostTile, GoalsTile } from './Tiles.tsx';
import { IndexTile } from './IndexTile.tsx';
import '../alignment.css';
import '../index/index.css';
import './scoreboard.css';

/** How the two sides do together, the same for everybody: index, cost of misalignment, what each side keeps, goals. */
export function Together() {
  const board = useQuery({
    queryKey: ['alignment', 'scoreboard'],
    queryFn: ({ signal }) => get<Scoreboard>('/alignment/scoreboard', {}, signal),
    staleTime: 60_000,
  });
  return (
    <section className="together" aria-label="The two sides together">
      <Answer of={board} what="How the two sides do together" lines={4}>
        {(answer) => (
          <div className="together-tiles">
            <IndexTile index={answer.index} />
            <CostTile cost={answer.cost} currency={answer.currency} />
            <AgreementTile agreement={answer.agreement} />
            <GoalsTile goals={answer.goals} />
          </div>
        )}
      </Answer>
    </section>
  );
}
