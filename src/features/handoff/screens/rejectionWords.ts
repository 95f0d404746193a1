import type { Rejection } from '#features/handoff/contract.ts';

export const rejectionStateWords: Record<Rejection['state'], { label: string; look: string }> = {
  unanswered: { label: 'Waits for marketing', look: 'warn' },
  agreed: { label: 'Agreed', look: 'dim' },
  mended: { label: 'Mended and returned', look: 'good' },
  toJudge: { label: 'To judge', look: 'warn' },
  upheld: { label: 'Upheld', look: 'dim' },
  overturned: { label: 'Overturned', look: 'good' },
};
