import type { FigureName } from '#features/returns/contract/figure-table.ts';
import { paths } from '#ui/paths.ts';

/** The page that a number's `detailsUrl` stands for; null: it lists the records themselves. */
export function wayTo(detailsUrl: string, { start, end }: { start: string; end: string }, figure?: FigureName): string | null {
  const path = detailsUrl.replace(/^\/api\/v1/, '').split('?')[0];
  if (path === '/retention') return paths.retention({ start, end });
  if (path === '/figures/waterfall') return paths.figures({ start, end, part: 'margin' });
  if (path === '/figures') return paths.figures({ start, end, by: 'none', figure: figure ?? null });
  return null;
}
