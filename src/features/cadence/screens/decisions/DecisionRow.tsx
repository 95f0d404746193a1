import type { Decision } from '#features/cadence/contract/actions.ts';
import { post } from '#ui/api/client.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { doing } from '../asking.ts';
import { decisionWords, ledToWords } from '../words.ts';

/** One decision: what, by whom, and what it led to, with how that stands. */
export function DecisionRow({ decision, withMeeting = false }: { decision: Decision; withMeeting?: boolean }) {
  const { id, kind, text, meeting, item, decidedBy, decidedAt, ledTo, withdrawnAt, can } = decision;
  return (
    <li className={`action-row${withdrawnAt ? ' is-dropped' : ''}`}>
      <div className="grow wrap-any">
        <div className="action-title">
          <span className="kind">{decisionWords[kind]}</span> {text}
        </div>
        <div className="dim small-print">
          {decidedBy.name}, {dayOfInstant(decidedAt)}
          {withdrawnAt && <span className="warn"> · taken back {dayOfInstant(withdrawnAt)}</span>}
        </div>
        {withMeeting && (
          <div className="dim small-print">
            <Go href={paths.meeting(meeting.id)}>{`${meeting.title}, ${dayOfInstant(meeting.startsAt)}`}</Go>
            {item && `: ${item}`}
          </div>
        )}
        {ledTo && (
          <div className="small-print">
            Led to <Go href={ledTo.opens}>{ledTo.name}</Go>: {ledToWords[ledTo.status] ?? ledTo.status}
          </div>
        )}
      </div>
      {can.withdraw === null && (
        <div className="action-deeds">
          <Deed size="compact-sm" variant="subtle" color="gray" onClick={() => void withdraw(id)}>
            Take back <span className="visually-hidden">: {text}</span>
          </Deed>
        </div>
      )}
    </li>
  );
}

async function withdraw(id: string): Promise<void> {
  try {
    await doing(post(`/decisions/${id}/withdrawal`, {}));
    tell('Taken back. It stays on record as such.');
  } catch (error) {
    tellProblem(error);
  }
}
