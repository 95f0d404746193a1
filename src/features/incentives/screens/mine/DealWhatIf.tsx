import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DealWhatIf as Answered } from '#features/incentives/contract/what-if.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { day, minorUnits, money, today } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { LineTable } from '../LineTable.tsx';

/** If this deal closes: what would be on the statement. Nothing is stored. */
export function DealWhatIf({ memberId }: { memberId: string | undefined }) {
  const { currency } = useMe().workspace;
  const [deal, setDeal] = useState<string | null>(null);
  const [amount, setAmount] = useState('');
  const [closesOn, setClosesOn] = useState(today());
  const [answer, setAnswer] = useState<Answered | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = amount !== '' && minorUnits(amount, currency) === null;
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      const typed = amount === '' ? undefined : minorUnits(amount, currency);
      setAnswer(
        await post<Answered>('/incentives/what-if/deal', {
          dealId: deal,
          closesOn,
          ...(typed && { amount: typed }),
          ...(memberId && { memberId }),
        }),
      );
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title="If a deal closes" padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (deal && !wrong) void ask();
        }}
      >
        <Group align="flex-end" gap="sm">
          <RecordPicker kind="deal" label="Deal" value={deal} onChange={setDeal} />
          <TextInput
            label="At"
            placeholder="its amount"
            value={amount}
            error={wrong && 'is no amount'}
            onChange={(event) => setAmount(event.currentTarget.value)}
            w={140}
          />
          <TextInput type="date" label="On" value={closesOn} onChange={(event) => setClosesOn(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={busy} disabled={!deal || wrong}>
            Calculate
          </Button>
        </Group>
      </form>
      {answer && <Outcome answer={answer} />}
    </Sheet>
  );
}

function Outcome({ answer }: { answer: Answered }) {
  return (
    <div className="stack" role="status">
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {answer.plans.map((plan) => (
        <div key={plan.versionId}>
          <p>
            “{answer.deal.name}” at {money(answer.deal.amount, answer.deal.currency)} on {day(answer.closesOn)}:{' '}
            <strong>{money(plan.difference, plan.currency)}</strong> more by {plan.name}, {money(plan.after, plan.currency)} in all.
          </p>
          {plan.lines.length > 0 && <LineTable lines={plan.lines} label="Lines that would be new or differ" />}
        </div>
      ))}
    </div>
  );
}
