import type { FigureName } from '#features/returns/contract/figure-table.ts';
import { figureNames } from '#features/returns/contract/figure-table.ts';
import type { Change } from './scope.ts';

/** Which figure is open, of what; and which records of it. It stands in the address: it can be sent to somebody. */
export interface FigureDrawerState {
  name: FigureName | null;
  /** Key of the row it is of; null: of all together. */
  of: string | null;
  recordsUrl: string | null;
  about: string | undefined;
  openFigure(name: FigureName, of: string | null): void;
  openRecords(url: string, about: string): void;
  closeFigure(): void;
  closeRecords(): void;
}

export const figureDrawer = (search: Readonly<Record<string, string>>, change: Change): FigureDrawerState => ({
  name: figureNames.find((name) => name === search['figure']) ?? null,
  of: search['of'] ?? null,
  recordsUrl: search['open'] ?? null,
  about: search['about'],
  openFigure: (name, of) => change({ figure: name, of }),
  openRecords: (url, about) => change({ open: url, about }),
  closeFigure: () => change({ figure: null, of: null, open: null, about: null }),
  closeRecords: () => change({ open: null, about: null }),
});
