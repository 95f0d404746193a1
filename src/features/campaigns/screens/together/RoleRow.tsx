import { Group } from '@mantine/core';
import { useState } from 'react';
import { roleKindWords, roleWords } from '#engine/campaigns/states.ts';
import type { Role } from '#features/campaigns/contract/roles.ts';
import { post } from '#ui/api/client.ts';
import { count, day } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from './asking.ts';
import { EvidenceDrawer } from './EvidenceDrawer.tsx';
import { type RoleVerb, RoleDialog } from './RoleDialog.tsx';

const fulfilmentWords = { open: 'under way', done: 'done', missed: 'missed' } as const;

/** One part: who, what, by when, the answer, and the evidence it counts by. */
export function RoleRow({ role, withCampaign = false }: { role: Role; withCampaign?: boolean }) {
  const [asked, setAsked] = useState<RoleVerb | null>(null);
  const [evidence, setEvidence] = useState(false);
  const words = roleKindWords[role.kind];
  const act = async (noun: string, body: object, done: string): Promise<void> => {
    try {
      await post(`/campaign-roles/${role.id}/${noun}`, { ...body, version: role.version });
      await askAgain();
      tell(done);
    } catch (error) {
      tellProblem(error);
    }
  };
  const { can } = role;
  return (
    <article className="role-row" aria-label={`${words.label}, ${role.member.name}`}>
      <div className="role-head">
        <span>
          <strong>{role.member.name}</strong>: {count(role.wanted)} {words.unit}
          {role.dueOn && ` by ${day(role.dueOn)}`}
          {withCampaign && (
            <>
              {' '}
              in <Go href={`${paths.record('campaigns', role.campaign.id)}?part=parts`}>{role.campaign.name}</Go>
            </>
          )}
        </span>
        <span
          className={`state ${role.state === 'accepted' ? 'state-good' : role.state === 'asked' || role.state === 'counterproposed' ? 'state-waiting' : ''}`}
        >
          {roleWords[role.state].label}
        </span>
      </div>
      {role.note && <p className="dim wrap-any">“{role.note}”</p>}
      {role.reason && <p className="wrap-any">Declined: “{role.reason}”</p>}
      {role.counter && (
        <p className="wrap-any">
          Proposes instead: {count(role.counter.wanted)} {roleKindWords[role.counter.kind].unit}. “{role.counter.note}”
        </p>
      )}
      {role.evidence && (
        <p>
          <button type="button" className="as-link" onClick={() => setEvidence(true)}>
            {count(role.evidence.evidenced)} of {count(role.wanted)} by evidence
          </button>
          , {fulfilmentWords[role.evidence.fulfilment]}
        </p>
      )}
      <Group gap="xs">
        {can.accept === null && (
          <Deed size="compact-md" onClick={() => void act('acceptance', {}, 'Accepted.')}>
            Accept
          </Deed>
        )}
        {can.counterpropose === null && (
          <Deed size="compact-md" variant="default" onClick={() => setAsked('counterpropose')}>
            Propose another part
          </Deed>
        )}
        {can.decline === null && (
          <Deed size="compact-md" variant="default" onClick={() => setAsked('decline')}>
            Decline
          </Deed>
        )}
        {can.answerCounter === null && (
          <>
            <Deed size="compact-md" onClick={() => void act('counter-answer', { take: true }, 'Taken.')}>
              Take the proposal
            </Deed>
            <Deed
              size="compact-md"
              variant="default"
              onClick={() => void act('counter-answer', { take: false }, 'Asked for the first part again.')}
            >
              Ask for the first part again
            </Deed>
          </>
        )}
        {can.withdraw === null && (
          <Deed size="compact-md" variant="subtle" onClick={() => void act('withdrawal', {}, 'Taken back.')}>
            Take back
          </Deed>
        )}
      </Group>
      {asked && <RoleDialog role={role} verb={asked} onClose={() => setAsked(null)} />}
      {evidence && role.evidence && (
        <EvidenceDrawer
          url={role.evidence.recordsUrl}
          title={`${role.member.name}: ${words.label.toLowerCase()}`}
          about={words.counts}
          onClose={() => setEvidence(false)}
        />
      )}
    </article>
  );
}
