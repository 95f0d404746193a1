import type { RunInList } from '../asking.ts';

const words = { draft: 'Draft', locked: 'Locked', discarded: 'Discarded' } as const;

/** Where a run stands; a shadow run says so wherever it is named. */
export function RunState({ run: { payable, status, openDisputes } }: { run: Pick<RunInList, 'payable' | 'status' | 'openDisputes'> }) {
  return (
    <>
      {!payable && <span className="state state-waiting">Shadow</span>}{' '}
      {(payable || status === 'discarded') && (
        <span className={`state ${status === 'locked' ? 'state-good' : status === 'draft' ? 'state-waiting' : ''}`}>{words[status]}</span>
      )}
      {openDisputes > 0 && <span className="warn small-print"> {openDisputes} disputed</span>}
    </>
  );
}
