import { Together } from '#features/alignment/screens/scoreboard/Together.tsx';
import { Scoreboard } from '#features/funnel/screens/Scoreboard.tsx';

/** The same numbers for everybody: how the two sides do together, then how leads pass through the stages. */
export const ScoreboardPage = () => <Scoreboard first={<Together />} />;
