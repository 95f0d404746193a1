/** The five tasks of the first afternoon, each with what it takes to do it right here. */

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { fieldReasons, post, wordsOf } from '#ui/api/client.ts';
import { dataMaterial } from '#features/rollout/contract/materials/beginning.ts';
import type { CharterAnswer } from '#features/rollout/contract/charter.ts';
import { useMe } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { doing, useCharter, useDiagnosis } from '../asking.ts';
import { Baseline } from '../charter/Baseline.tsx';
import { CharterFields } from '../charter/CharterFields.tsx';
import { useCharterDraft } from '../charter/useCharterDraft.ts';
import { AskSides } from '../diagnosis/DiagnosisSheet.tsx';
import { saveText } from '../material/save-text.ts';

/** Written and, where the writer is the sponsor, signed in one go. */
export function CharterDeed() {
  const charter = useCharter();
  return (
    <Answer of={charter} what="The charter" lines={4}>
      {(answer) =>
        answer.charter && answer.charter.can.sign !== null ? <p>Written. {answer.charter.can.sign}</p> : <CharterForm answer={answer} />
      }
    </Answer>
  );
}

function CharterForm({ answer }: { answer: CharterAnswer }) {
  const draft = useCharterDraft(answer);
  const me = useMe();
  const [wrong, setWrong] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const isSponsor = draft.sponsorId === me.member.id;
  const send = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      const written = await draft.send();
      if (isSponsor) await doing(post(`/rollout/charters/${written.id}/signatures`, { contentHash: written.contentHash }));
    } catch (error) {
      setWrong(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="start-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.ready && !busy) void send();
      }}
    >
      <CharterFields draft={draft} answer={answer} reasons={wrong === null ? {} : fieldReasons(wrong)} />
      {wrong !== null && (
        <div className="notice bad" role="alert">
          {wordsOf(wrong)}
        </div>
      )}
      <Deed
        loading={busy}
        whyNot={answer.can.write ?? (draft.ready ? null : 'A sponsor, a number, what it should be and by when.')}
        onClick={() => void send()}
      >
        {isSponsor ? 'Write and sign it' : 'Write it for the sponsor to sign'}
      </Deed>
    </form>
  );
}

export function DiagnosisDeed() {
  const diagnosis = useDiagnosis();
  return (
    <Answer of={diagnosis} what="The diagnosis" lines={3}>
      {(known) => (
        <>
          <p>
            With five people and more on each side: ask everybody, without names. With fewer, or in a workshop right now: one sheet for
            marketing and one for sales, filled in together.
          </p>
          <AskSides diagnosis={known} />
        </>
      )}
    </Answer>
  );
}

export function ImportDeed() {
  const go = useGo();
  return (
    <>
      <p>
        Any CSV or Excel file of leads and deals will do; you see how its columns are understood before anything is written, and can take it
        back.
      </p>
      <Group gap={8}>
        <Button onClick={() => go(paths.imports())}>Choose files</Button>
        {dataMaterial.map((each) =>
          each.kind === 'template' && each.file ? (
            <Button key={each.file} variant="default" onClick={() => saveText(each.file!, each.text)}>
              Example {each.file}
            </Button>
          ) : null,
        )}
      </Group>
    </>
  );
}

export function BaselineDeed() {
  const charter = useCharter();
  return (
    <Answer of={charter} what="The number" lines={3}>
      {(answer) => (answer.charter ? <Baseline answer={answer} charter={answer.charter} /> : <p>Name the one number first.</p>)}
    </Answer>
  );
}

export function DefinitionDeed() {
  const go = useGo();
  return (
    <>
      <p>A draft is ready, made from what your own leads carry. Read it, change what you like, keep it, and propose it to both heads.</p>
      <Button onClick={() => go(paths.definition('mql', { edit: 'template' }))}>Write down what an MQL is</Button>
    </>
  );
}
