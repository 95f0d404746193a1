import { Button, Group, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PlanContent, PlanDetail, Target } from '#features/campaigns/contract/plans.ts';
import { put } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { majorUnits, minorUnits, today } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { askAgain } from './asking.ts';
import { AudiencePicker } from './AudiencePicker.tsx';
import { targetWords } from './planWords.ts';
import { Rows } from './Rows.tsx';

/** The plan being written: what is kept of the version before, to change. */
function startOf({ draft, brief }: PlanDetail): PlanContent {
  const kept = (draft ?? brief)?.content;
  if (!kept)
    return {
      audience: { kind: 'none' },
      ...{ message: '', talkingPoints: [], notToSay: [], offer: '', assets: [], timeline: [], budget: [], target: null, regions: [] },
    };
  const { audience } = kept;
  return { ...kept, audience: audience.kind === 'view' ? { kind: 'view', viewId: audience.viewId } : audience };
}

export function PlanEditor({ detail, onDone }: { detail: PlanDetail; onDone(): void }) {
  const { currency } = useMe().workspace;
  const [start] = useState(() => startOf(detail));
  const [plan, setPlan] = useState(start);
  const [busy, setBusy] = useState(false);
  const set = (changes: Partial<PlanContent>): void => setPlan((before) => ({ ...before, ...changes }));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      await put(`/campaigns/${detail.campaign.id}/plan/draft`, {
        content: plan,
        ...(detail.draft && { basedOn: detail.draft.contentHash }),
      });
      await askAgain();
      tell('Saved as a draft.');
      onDone();
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Unsaved when={plan !== start && !busy} what="The plan" />
      <Sheet title="What is said" padded>
        <div className="stack">
          <Textarea
            label="Message"
            description="What a customer should remember"
            autosize
            minRows={2}
            maxLength={5_000}
            value={plan.message}
            onChange={(event) => set({ message: event.currentTarget.value })}
          />
          <Rows label="Say" add="Add a point" items={plan.talkingPoints} onChange={(talkingPoints) => set({ talkingPoints })} />
          <Rows label="Don’t say" add="Add what is not said" items={plan.notToSay} onChange={(notToSay) => set({ notToSay })} />
          <TextInput label="Offer" maxLength={2_000} value={plan.offer} onChange={(event) => set({ offer: event.currentTarget.value })} />
        </div>
      </Sheet>
      <Sheet title="For whom, and what it should bring" padded>
        <div className="stack">
          <AudiencePicker value={plan.audience} onChange={(audience) => set({ audience })} />
          <TagsInput
            label="Regions"
            description="Empty: everywhere"
            value={[...plan.regions]}
            onChange={(regions) => set({ regions })}
            maxTags={30}
          />
          <TargetFields value={plan.target} currency={currency} onChange={(target) => set({ target })} />
        </div>
      </Sheet>
      <Sheet title="Days, budget, material" padded>
        <div className="stack">
          <Dated items={plan.timeline} onChange={(timeline) => set({ timeline })} />
          <Budget items={plan.budget} currency={currency} onChange={(budget) => set({ budget })} />
          <Rows
            label="Material (links)"
            add="Add a link"
            items={plan.assets.filter(({ assetId }) => assetId === null).map(({ url }) => url ?? '')}
            onChange={(urls) =>
              set({
                assets: [
                  ...plan.assets.filter(({ assetId }) => assetId !== null),
                  ...urls.map((url) => ({ assetId: null, label: url || 'Link', url: url || null })),
                ],
              })
            }
          />
        </div>
      </Sheet>
      <div className="save-bar">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={plan === start}>
          Save as a draft
        </Button>
      </div>
    </form>
  );
}

function TargetFields({ value, currency, onChange }: { value: Target | null; currency: string; onChange(value: Target | null): void }) {
  const [typed, setTyped] = useState(value === null ? '' : value.metric === 'wonValue' ? majorUnits(value.amount, currency) : value.amount);
  const metric = value?.metric ?? 'mqls';
  const change = (changes: Partial<Target> & { typed?: string }): void => {
    const { typed: next = typed, ...rest } = changes;
    const kind = rest.metric ?? metric;
    const amount = kind === 'wonValue' ? minorUnits(next, currency) : /^\d{1,15}$/.test(next.trim()) ? next.trim() : null;
    setTyped(next);
    onChange(amount === null ? null : { metric: kind, by: value?.by ?? today(), ...rest, amount });
  };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label={metric === 'wonValue' ? `Should bring (${currency})` : 'Should bring'}
        placeholder="none"
        inputMode="numeric"
        value={typed}
        onChange={(event) => change({ typed: event.currentTarget.value })}
        w={160}
      />
      <Select
        label="Of"
        data={Object.entries(targetWords).map(([key, label]) => ({ value: key, label }))}
        value={metric}
        allowDeselect={false}
        onChange={(next) => change({ metric: next as Target['metric'] })}
      />
      <TextInput
        type="date"
        label="By"
        value={value?.by ?? ''}
        disabled={value === null}
        onChange={(event) => event.currentTarget.value && change({ by: event.currentTarget.value })}
      />
    </Group>
  );
}

type Day = PlanContent['timeline'][number];

function Dated({ items, onChange }: { items: readonly Day[]; onChange(items: Day[]): void }) {
  const set = (at: number, changes: Partial<Day>): void =>
    onChange(items.map((item, place) => (place === at ? { ...item, ...changes } : item)));
  return (
    <fieldset className="row-set">
      <legend>Days</legend>
      {items.map((item, at) => (
        <Group key={at} gap="sm">
          <TextInput
            type="date"
            aria-label={`Day ${at + 1}`}
            value={item.onDay}
            onChange={(event) => event.currentTarget.value && set(at, { onDay: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`What happens on day ${at + 1}`}
            required
            value={item.label}
            onChange={(event) => set(at, { label: event.currentTarget.value })}
            className="grow"
          />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(items.filter((_, place) => place !== at))}>
            Remove<span className="visually-hidden"> day {at + 1}</span>
          </Button>
        </Group>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...items, { label: '', onDay: today() }])}>
        Add a day
      </Button>
    </fieldset>
  );
}

type Line = PlanContent['budget'][number];

function Budget({ items, currency, onChange }: { items: readonly Line[]; currency: string; onChange(items: Line[]): void }) {
  const set = (at: number, changes: Partial<Line>): void =>
    onChange(items.map((item, place) => (place === at ? { ...item, ...changes } : item)));
  return (
    <fieldset className="row-set">
      <legend>Budget ({currency})</legend>
      {items.map((item, at) => (
        <Group key={at} gap="sm">
          <TextInput
            aria-label={`What line ${at + 1} is for`}
            required
            value={item.label}
            onChange={(event) => set(at, { label: event.currentTarget.value })}
            className="grow"
          />
          <TextInput
            aria-label={`Amount of line ${at + 1}`}
            inputMode="decimal"
            defaultValue={majorUnits(item.amount, currency)}
            onBlur={(event) => set(at, { amount: minorUnits(event.currentTarget.value, currency) ?? item.amount })}
            w={140}
          />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange(items.filter((_, place) => place !== at))}>
            Remove<span className="visually-hidden"> line {at + 1}</span>
          </Button>
        </Group>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...items, { label: '', amount: '0' }])}>
        Add a line
      </Button>
    </fieldset>
  );
}
