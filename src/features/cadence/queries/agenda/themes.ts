/** What recurs in criticism: at least three pieces in thirty days. */

import { groupThemes, shownTheme } from '#features/feedback/queries/themes.ts';
import { sideWords } from './clause-words.ts';
import { type AgendaGround, countOf, type Offered, plainly, weighed } from './offered.ts';

const most = 5;

export async function offerThemes({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const themes = await database.inWorkspace(workspaceId, (tx) => groupThemes(tx, workspaceId));
  return themes
    .filter(({ recurs }) => recurs)
    .slice(0, most)
    .map((theme) => {
      // Nobody’s words: the title is made of the clause, the tag or the words that all share.
      const { id, title, toSide, count, recent, open } = shownTheme(theme, new Set());
      return {
        ...plainly,
        ...{ kind: 'theme', key: `theme:${id}`, opens: `/feedback/themes?${new URLSearchParams({ toSide })}`, ownerId: heads[toSide] },
        sentence: `It recurs in criticism of ${sideWords[toSide].toLowerCase()}: “${title}”, ${countOf(recent, 'time')} in thirty days.`,
        figures: [
          { label: 'In thirty days', value: String(recent) },
          { label: 'In half a year', value: String(count) },
          { label: 'Open', value: String(open) },
        ],
        weight: weighed(recent / 10),
        minutes: 7,
      };
    });
}
