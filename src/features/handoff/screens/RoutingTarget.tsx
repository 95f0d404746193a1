import { Select } from '@mantine/core';
import { useMembers, type Team } from '#ui/api/members.ts';
import { openQueue, type Target } from './routingDraft.ts';

interface RoutingTargetProps {
  label: string;
  value: Target;
  teams: readonly Team[];
  error?: string | undefined;
  onChange(target: Target): void;
}

const queueWords = 'The open queue: whoever claims it';

/** Where leads go: a team of sales in turn, one rep, or nobody until somebody claims them. */
export function RoutingTarget({ label, value, teams, error, onChange }: RoutingTargetProps) {
  const members = (useMembers(true).data?.items ?? []).filter(
    ({ side, active, id }) => (side === 'sales' && active) || id === value.memberId,
  );
  const ofSales = teams.filter(({ side, id }) => side === 'sales' || id === value.teamId);
  return (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      limit={200}
      data={[
        { group: 'In turn', items: ofSales.map(({ id, name }) => ({ value: `team ${id}`, label: name })) },
        { group: 'One rep', items: members.map(({ id, name }) => ({ value: `member ${id}`, label: name })) },
        { group: 'Nobody yet', items: [{ value: 'queue', label: queueWords }] },
      ]}
      value={value.teamId ? `team ${value.teamId}` : value.memberId ? `member ${value.memberId}` : 'queue'}
      error={error}
      nothingFoundMessage="No team or rep by that name"
      onChange={(chosen) => onChange(targetOf(chosen))}
      style={{ flex: 1, minWidth: 220 }}
    />
  );
}

function targetOf(chosen: string | null): Target {
  const [kind, id] = (chosen ?? 'queue').split(' ');
  if (kind === 'team' && id) return { teamId: id, memberId: null };
  return kind === 'member' && id ? { teamId: null, memberId: id } : openQueue;
}

/** `Inside Sales, in turn` */
export function useTargetWords(teams: readonly Team[]): (target: Target) => string {
  const members = useMembers(true).data?.items ?? [];
  return ({ teamId, memberId }) => {
    if (teamId) return `${teams.find(({ id }) => id === teamId)?.name ?? 'a team that is gone'}, in turn`;
    if (memberId) return members.find(({ id }) => id === memberId)?.name ?? '…';
    return 'the open queue';
  };
}
