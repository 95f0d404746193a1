import { useState } from 'react';
import type { ActionItem } from '#features/cadence/contract/actions.ts';
import { post } from '#ui/api/client.ts';
import { day, dayOfInstant, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { doing } from '../asking.ts';
import { ChangeAction, DropAction } from './ActionDialogs.tsx';

/** One action: what, who, by when, where it comes from, and what can be done with it. */
export function ActionRow({ action, brief = false }: { action: ActionItem; brief?: boolean }) {
  const [dialog, setDialog] = useState<'change' | 'drop' | null>(null);
  const { title, owner, meeting, item, opens, moves, carried, closing, can, status } = action;
  return (
    <li className={`action-row is-${status}`}>
      <div className="grow wrap-any">
        <div className="action-title">{title}</div>
        <div className="dim small-print">
          {owner.name} <SideMark side={owner.side} /> · <Due action={action} />
          {moves > 0 && ` · put off ${moves === 1 ? 'once' : `${moves} times`}`}
          {carried > 0 && ` · carried over ${plural(carried, 'meeting')}`}
        </div>
        {!brief && (meeting || opens) && (
          <div className="dim small-print">
            {meeting && (
              <>
                From <Go href={paths.meeting(meeting.id)}>{`${meeting.title}, ${dayOfInstant(meeting.startsAt)}`}</Go>
                {item && `: ${item}`}{' '}
              </>
            )}
            {opens && <Go href={opens}>Open what it is about</Go>}
          </div>
        )}
        {closing && <blockquote className="said">{closing}</blockquote>}
      </div>
      <div className="action-deeds">
        {status === 'open' ? (
          <>
            <Deed size="compact-sm" {...(brief && { variant: 'default' })} whyNot={can.finish} onClick={() => void finish(action)}>
              Done <span className="visually-hidden">: {title}</span>
            </Deed>
            <Deed size="compact-sm" variant="default" whyNot={can.change} onClick={() => setDialog('change')}>
              Move <span className="visually-hidden">: {title}</span>
            </Deed>
            <Deed size="compact-sm" variant="subtle" color="gray" whyNot={can.drop} onClick={() => setDialog('drop')}>
              Drop <span className="visually-hidden">: {title}</span>
            </Deed>
          </>
        ) : (
          <Deed size="compact-sm" variant="default" whyNot={can.reopen} onClick={() => void reopen(action)}>
            Open again <span className="visually-hidden">: {title}</span>
          </Deed>
        )}
      </div>
      {dialog === 'change' && <ChangeAction action={action} onClose={() => setDialog(null)} />}
      {dialog === 'drop' && <DropAction action={action} onClose={() => setDialog(null)} />}
    </li>
  );
}

function Due({ action: { status, dueOn, late, daysLate, closedAt, closedInTime } }: { action: ActionItem }) {
  if (status === 'open')
    return <span className={late ? 'bad' : ''}>{late ? `due ${day(dueOn)}, ${plural(daysLate, 'day')} late` : `due ${day(dueOn)}`}</span>;
  const word = status === 'done' ? 'done' : 'dropped';
  return (
    <span>
      {word} {dayOfInstant(closedAt)}
      {closedInTime === false && status === 'done' && <span className="warn">, after its day</span>}
    </span>
  );
}

const reopenIt = (id: string) => doing(post(`/actions/${id}/reopening`, {}));

async function finish({ id, title }: ActionItem): Promise<void> {
  try {
    await doing(post(`/actions/${id}/completion`, {}));
    tellUndoable(`Done: ${title}`, async () => void (await reopenIt(id)));
  } catch (error) {
    tellProblem(error);
  }
}

async function reopen({ id }: ActionItem): Promise<void> {
  await reopenIt(id).catch(tellProblem);
}
