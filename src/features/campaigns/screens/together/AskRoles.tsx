import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { roleKinds, roleKindWords, type RoleKind } from '#engine/campaigns/states.ts';
import type { MadeRoles, RoleList } from '#features/campaigns/contract/roles.ts';
import { post } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from './asking.ts';

/** Asks reps, or each of a team, for a part. */
export function AskRoles({ campaignId, list, onClose }: { campaignId: string; list: RoleList; onClose(): void }) {
  const [kind, setKind] = useState<RoleKind>('inviteList');
  const [memberIds, setMembers] = useState<string[]>([]);
  const [teamId, setTeam] = useState<string | null>(null);
  const [wanted, setWanted] = useState(10);
  const [dueOn, setDueOn] = useState('');
  const [note, setNote] = useState('');
  const send = async (): Promise<void> => {
    const made = await post<MadeRoles>(`/campaigns/${campaignId}/roles`, {
      kind,
      memberIds,
      ...(teamId && { teamId }),
      wanted,
      ...(dueOn && { dueOn }),
      note,
    });
    await askAgain();
    tell(
      `${plural(made.items.length, 'rep')} asked${made.already.length > 0 ? `; ${made.already.map(({ name }) => name).join(', ')} had such a part already` : ''}.`,
    );
  };
  return (
    <FormDialog
      title="Ask for a part"
      label="Ask"
      ready={memberIds.length > 0 || teamId !== null}
      missing="Name reps or a team."
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Select
            label="Part"
            description={roleKindWords[kind].counts}
            data={roleKinds.map((value) => ({ value, label: roleKindWords[value].label }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => setKind(value as RoleKind)}
          />
          <MultiSelect
            label="Reps"
            data={list.reps.map(({ id, name }) => ({ value: id, label: name }))}
            value={memberIds}
            error={reasons['memberIds']}
            onChange={setMembers}
            searchable
          />
          <Select
            label="Or each of a team"
            data={list.teams.map(({ id, name, members }) => ({ value: id, label: `${name} (${members})` }))}
            value={teamId}
            clearable
            onChange={setTeam}
          />
          <NumberInput
            label={`How many ${roleKindWords[kind].unit}`}
            min={1}
            max={100_000}
            value={wanted}
            onChange={(value) => setWanted(Number(value) || 1)}
          />
          <TextInput
            type="date"
            label="By"
            description="Empty: the campaign’s last day"
            value={dueOn}
            error={reasons['dueOn']}
            onChange={(event) => setDueOn(event.currentTarget.value)}
          />
          <Textarea
            label="Note"
            autosize
            minRows={2}
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
