import { useState } from 'react';
import { figureTable } from '#features/returns/contract/figure-table.ts';
import type { Charter, CharterAnswer } from '#features/rollout/contract/charter.ts';
import { post } from '#ui/api/client.ts';
import { day, dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing, useCharter } from '../asking.ts';
import { figureText } from '../words.ts';
import { Baseline } from './Baseline.tsx';
import { CharterDialog } from './CharterDialog.tsx';

/** The sponsor, the one number, what it was and what it should be. */
export function CharterSheet() {
  const charter = useCharter();
  const [writing, setWriting] = useState(false);
  return (
    <Sheet
      title="The charter"
      actions={
        charter.data && (
          <Deed
            size="compact-sm"
            {...(charter.data.charter && { variant: 'default' })}
            whyNot={charter.data.can.write}
            onClick={() => setWriting(true)}
          >
            {charter.data.charter ? 'Write a new one' : 'Write the charter'}
          </Deed>
        )
      }
      padded
    >
      <Answer of={charter} what="The charter" lines={4}>
        {(known) =>
          known.charter ? (
            <Written answer={known} charter={known.charter} />
          ) : (
            <Empty title="No sponsor and no number yet">
              The charter is one page: who wants it, which number shall move, from what to what, and by when. Its sponsor signs it.
            </Empty>
          )
        }
      </Answer>
      {writing && charter.data && <CharterDialog answer={charter.data} onClose={() => setWriting(false)} />}
    </Sheet>
  );
}

function Written({ answer, charter }: { answer: CharterAnswer; charter: Charter }) {
  return (
    <>
      <CharterText charter={charter} currency={answer.currency} />
      {answer.waiting && (
        <div className="rollout-waiting">
          <p className="dim">A later charter waits for its signature:</p>
          <CharterText charter={answer.waiting} currency={answer.currency} />
        </div>
      )}
      <Baseline answer={answer} charter={charter} />
    </>
  );
}

function CharterText({ charter, currency }: { charter: Charter; currency: string }) {
  const { figure, aim, aimOn, sponsor, why, signedAt, can } = charter;
  return (
    <>
      <p className="rollout-what wrap-any">
        {figureTable[figure].label} of {figureText(figure, aim, currency)} by {day(aimOn)}. {sponsor.name} wants it.
      </p>
      <p className="dim small-print">{figureTable[figure].formula}</p>
      {why && <p className="wrap-any">{why}</p>}
      {signedAt ? (
        <p className="good">
          Signed by {sponsor.name} on {dayOfInstant(signedAt)}.
        </p>
      ) : (
        <SignCharter charter={charter} whyNot={can.sign} />
      )}
    </>
  );
}

function SignCharter({ charter, whyNot }: { charter: Charter; whyNot: string | null }) {
  const [busy, setBusy] = useState(false);
  const sign = async (): Promise<void> => {
    setBusy(true);
    try {
      await doing(post(`/rollout/charters/${charter.id}/signatures`, { contentHash: charter.contentHash }));
      tell('Signed. The first gate is met.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Deed loading={busy} whyNot={whyNot} onClick={() => void sign()}>
      Sign as its sponsor
    </Deed>
  );
}
