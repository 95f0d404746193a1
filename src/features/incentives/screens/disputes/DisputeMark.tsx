import type { DisputeState } from '#features/incentives/contract/states.ts';

const words: Readonly<Record<DisputeState, string>> = {
  open: 'Open',
  escalated: 'With the sponsor',
  corrected: 'Corrected',
  explained: 'Explained',
  withdrawn: 'Withdrawn',
};

export const DisputeMark = ({ status }: { status: DisputeState }) => (
  <span className={`state ${status === 'open' || status === 'escalated' ? 'state-waiting' : 'state-good'}`}>{words[status]}</span>
);
