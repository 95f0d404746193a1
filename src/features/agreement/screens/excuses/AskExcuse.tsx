import { Button, Group, Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, wordsOf } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { useMe } from '#ui/api/session.ts';
import { capitalised, instantOfLocal } from '#ui/formats.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { tell } from '#ui/kit/toast.tsx';
import type { AgreementVersion } from '../../contract.ts';
import { owedSides, type OwedSide } from '../asking.ts';
import { kindWords } from './excuseWords.ts';

const askable = ['outage', 'wrongRouting', 'leave', 'other'] as const;

/** Of one lead, or of all leads of a time; of one clause, or of all that know the excuse. */
export function AskExcuse({ contract, onClose }: { contract: AgreementVersion; onClose(): void }) {
  const me = useMe();
  const leads = me.member.side === 'leadership';
  const [side, setSide] = useState<OwedSide>(me.member.side === 'marketing' ? 'marketing' : 'sales');
  const [kind, setKind] = useState<(typeof askable)[number]>('outage');
  const [of, setOf] = useState('time');
  const [clauseKey, setClauseKey] = useState<string | null>(null);
  const [leadId, setLeadId] = useState<string | null>(null);
  const [memberId, setMemberId] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const clauses = contract.content.clauses.filter((clause) => clause.side === side && clause.excuses.includes(kind));
  const ofTime = of === 'time';
  const whole = reason.trim() !== '' && (ofTime ? from !== '' && until > from : leadId !== null);
  const ask = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      const span = ofTime ? { startsAt: instantOfLocal(from), endsAt: instantOfLocal(until), memberId } : { leadId };
      await post('/excuses', { kind, side, clauseKey, reason, ...span });
      await queries.invalidateQueries({ queryKey: ['excuses'] });
      tell(`Asked. ${side === 'sales' ? 'Marketing' : 'Sales'} decides.`);
      onClose();
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Ask for an excuse">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (whole) void ask();
        }}
      >
        <Stack gap="sm">
          {leads && (
            <SegmentedControl
              aria-label="Which side"
              value={side}
              onChange={(chosen) => setSide(chosen as OwedSide)}
              data={owedSides.map((value) => ({ value, label: capitalised(value) }))}
            />
          )}
          <Select
            label="What it was"
            data={askable.map((value) => ({ value, label: kindWords[value] ?? value }))}
            value={kind}
            allowDeselect={false}
            onChange={(chosen) => {
              setKind(chosen as typeof kind);
              setClauseKey(null);
            }}
            data-autofocus
          />
          <Select
            label="Of which clause"
            placeholder={clauses.length ? 'Every one that has this excuse' : 'No clause was agreed with this excuse'}
            data={clauses.map(({ key, title }) => ({ value: key, label: title }))}
            value={clauseKey}
            onChange={setClauseKey}
            clearable
            clearButtonProps={{ 'aria-label': 'Every clause' }}
            disabled={clauses.length === 0}
          />
          <SegmentedControl
            aria-label="Of what"
            value={of}
            onChange={setOf}
            data={[
              { value: 'time', label: 'Of a time' },
              { value: 'lead', label: 'Of one lead' },
            ]}
          />
          {ofTime ? (
            <>
              <Group gap="xs" grow>
                <TextInput type="datetime-local" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
                <TextInput
                  type="datetime-local"
                  label="Until"
                  value={until}
                  error={from && until && until <= from ? 'ends before it begins' : undefined}
                  onChange={(event) => setUntil(event.currentTarget.value)}
                />
              </Group>
              {side === 'sales' && (
                <FieldInput
                  field={{ name: 'memberId', type: 'member', label: 'Who' }}
                  label="Only for one person (everybody unless said)"
                  value={memberId}
                  onChange={setMemberId}
                  currency={me.workspace.currency}
                />
              )}
            </>
          ) : (
            <FieldInput
              field={{ name: 'leadId', type: 'lead', label: 'Lead' }}
              label="Lead"
              value={leadId}
              onChange={setLeadId}
              currency={me.workspace.currency}
            />
          )}
          <Textarea
            label="Why"
            required
            autosize
            minRows={2}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!whole || clauses.length === 0}>
              Ask
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
