import { SegmentedControl, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { categoriesOf, type CostCategory, categoryLabels, type CostSide, type CostSummary } from '#features/returns/contract/ledger.ts';
import { get } from '#ui/api/client.ts';
import { useTeams } from '#ui/api/members.ts';
import { nameOf, type RecordItem } from '#ui/records.ts';
import type { GridLine } from './budgetCells.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { categoryOptions, sideOptions } from './ledgerWords.ts';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';

interface AddBudgetLineProps {
  basis: CostSummary['basis'] | undefined;
  onClose(): void;
  add(line: GridLine): void;
}

/** A line for a campaign or a team, to be filled in the grid. It is kept with its first amount. */
export function AddBudgetLine({ basis, onClose, add }: AddBudgetLineProps) {
  const sides = sideOptions.filter(({ value }) => basis?.[value as CostSide] === 'whole');
  const [side, setSide] = useState<CostSide>((sides[0]?.value ?? 'marketing') as CostSide);
  const [category, setCategory] = useState<CostCategory | null>(null);
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const [teamId, setTeamId] = useState<string | null>(null);
  const teams = useTeams().data?.items ?? [];
  const campaign = useQuery({
    queryKey: ['record', 'campaigns', campaignId],
    queryFn: ({ signal }) => get<RecordItem>(`/campaigns/${campaignId}`, {}, signal),
    enabled: campaignId !== null,
  });
  const known = campaignId === null ? null : campaign.data ? { id: campaign.data.id, name: nameOf(campaign.data) } : undefined;
  const team = teams.find(({ id }) => id === teamId) ?? null;
  const send = async (): Promise<void> => add({ side, category, campaign: known ?? null, team: team && { id: team.id, name: team.name } });
  return (
    <FormDialog
      title="Add a line"
      label="Add"
      ready={known !== undefined && (known !== null || team !== null)}
      missing={campaignId === null && teamId === null ? 'Choose a campaign or a team.' : null}
      onClose={onClose}
      send={send}
    >
      <Text size="sm" c="dimmed">
        Beside the lines by category, a campaign or a team can have its own. What is planned there is not in the others.
      </Text>
      <SegmentedControl
        aria-label="Side"
        value={side}
        onChange={(chosen) => {
          setSide(chosen as CostSide);
          if (category && !categoriesOf[chosen as CostSide].includes(category)) setCategory(null);
        }}
        data={sides}
      />
      <RecordPicker kind="campaign" label="Campaign" value={campaignId} onChange={setCampaignId} />
      <Select
        label="Team"
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={teamId}
        onChange={setTeamId}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear' }}
      />
      <Select
        label="Category"
        placeholder="All of it"
        data={categoryOptions(side, basis)}
        value={category}
        onChange={(chosen) => setCategory(chosen as CostCategory | null)}
        clearable
        clearButtonProps={{ 'aria-label': 'All of it' }}
        description={category ? `Only ${categoryLabels[category].toLowerCase()} count against it.` : undefined}
      />
    </FormDialog>
  );
}
