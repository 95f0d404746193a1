import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { dayOfInstant, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import type { Excuse } from '../asking.ts';
import { useDeed } from '../version/useDeed.ts';
import { kindWords } from './excuseWords.ts';

type Decision = 'granted' | 'refused';

/** What is asked, of what and why; and, for who may, the decision. */
export function ExcuseRow({ excuse, clause }: { excuse: Excuse; clause: string | null }) {
  const [deciding, setDeciding] = useState<Decision | null>(null);
  return (
    <div className="row-link excuse-row">
      <div className="excuse-body">
        <div className="excuse-head">
          <SideMark side={excuse.side} /> <strong>{kindWords[excuse.kind] ?? excuse.kind}</strong>{' '}
          <span className="dim">{ofWhat(clause)}</span>
        </div>
        <div className="wrap-any">
          {excuse.lead && <Go href={paths.record('leads', excuse.lead.id)}>{excuse.lead.name || 'A lead'}</Go>}
          {excuse.lead && ': '}
          {excuse.reason}
        </div>
        <div className="dim excuse-when">
          {[
            when(excuse),
            excuse.member && `for ${excuse.member.name}`,
            `asked by ${excuse.askedBy.name} on ${dayOfInstant(excuse.askedAt)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        {excuse.decision && (
          <div className="excuse-when">
            <span className={excuse.decision === 'granted' ? 'good' : 'bad'}>{excuse.decision === 'granted' ? 'Granted' : 'Refused'}</span>
            <span className="dim">
              {excuse.decidedBy && ` by ${excuse.decidedBy.name}`}, {dayOfInstant(excuse.decidedAt)}
              {excuse.decisionReason && `: ${excuse.decisionReason}`}
            </span>
          </div>
        )}
      </div>
      {excuse.decision === null &&
        (excuse.mayDecide ? (
          <Group gap={6} wrap="nowrap">
            <Button size="compact-sm" onClick={() => setDeciding('granted')}>
              Grant
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setDeciding('refused')}>
              Refuse
            </Button>
          </Group>
        ) : (
          <span className="dim excuse-wait">waits for {excuse.side === 'sales' ? 'marketing' : 'sales'}</span>
        ))}
      {deciding && <Decide excuse={excuse} decision={deciding} onClose={() => setDeciding(null)} />}
    </div>
  );
}

const ofWhat = (clause: string | null): string => (clause ? `of “${clause}”` : 'of every clause that has it');

const when = ({ startsAt, endsAt }: Excuse): string | null => (startsAt && endsAt ? `${instant(startsAt)} to ${instant(endsAt)}` : null);

/** Decided once and for all: so the reason is asked for with it. */
function Decide({ excuse, decision, onClose }: { excuse: Excuse; decision: Decision; onClose(): void }) {
  const [reason, setReason] = useState('');
  const deed = useDeed();
  const refused = decision === 'refused';
  const decide = async (): Promise<void> => {
    const done = await deed.run(
      () => post(`/excuses/${excuse.id}/decision`, { decision, reason }),
      refused ? 'Refused: it is counted as before.' : 'Granted: it is counted apart from now on.',
    );
    await queries.invalidateQueries({ queryKey: ['excuses'] });
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={refused ? 'Refuse the excuse' : 'Grant the excuse'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void decide();
        }}
      >
        <Stack gap="sm">
          <p className="notice">{excuse.reason}</p>
          <Textarea
            label={refused ? 'Why not' : 'Anything to add'}
            required={refused}
            autosize
            minRows={2}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={deed.busy} disabled={refused && !reason.trim()}>
              {refused ? 'Refuse' : 'Grant'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
