import { Drawer, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { personFieldLabels } from '#features/tracking/contract/person-fields.ts';
import type { SubmissionDetail } from '#features/tracking/contract/submissions.ts';
import { fieldReasons, post, wordsOf } from '#ui/api/client.ts';
import { instant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { stateWords } from './submissionWords.ts';
import { askTrackingAgain, useSubmission } from './useTracking.ts';
import './tracking.css';

/** One submission exactly as it was sent; a failed one can be mended. */
export function SubmissionDrawer({ id, onClose }: { id: string; onClose(): void }) {
  useFocusBack();
  const submission = useSubmission(id);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(640px, 100%)" title="Submission">
      <Answer of={submission} what="The submission">
        {(detail) => <Detail key={detail.state} detail={detail} />}
      </Answer>
    </Drawer>
  );
}

function Detail({ detail }: { detail: SubmissionDetail }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        {detail.source.name}, {instant(detail.receivedAt)}
        {detail.version !== null && `, version ${detail.version} of the form`}. {stateWords[detail.state]}.{' '}
        {detail.lead && <Go href={paths.record('leads', detail.lead.id)}>{detail.lead.name}</Go>}
      </Text>
      {detail.private && (
        <div className="notice">Sent by somebody who asks not to be tracked: nothing that came before is joined to it.</div>
      )}
      {detail.consent && (
        <div>
          <strong>{detail.consent.given ? 'Agreed to' : 'Did not agree to'}</strong>
          <Text size="sm" className="wrap-any">
            {detail.consent.text}
          </Text>
        </div>
      )}
      {detail.reason && (
        <div className="notice bad" role="status">
          {detail.reason}
        </div>
      )}
      {detail.state === 'failed' && <Mending detail={detail} />}
      <div>
        <strong>As sent</strong>
        <pre className="sent-body" tabIndex={0} role="region" aria-label="As sent">
          {JSON.stringify(detail.sent, null, 2)}
        </pre>
      </div>
    </Stack>
  );
}

const mendable = ['email', 'fullName', 'company', 'phone'] as const;

function Mending({ detail }: { detail: SubmissionDetail }) {
  const names = [...new Set([...mendable, ...Object.keys(detail.values)])];
  const [values, setValues] = useState<Record<string, string>>(detail.values);
  const [wrong, setWrong] = useState<unknown>(null);
  const reasons = fieldReasons(wrong);
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (detail.values[name] ?? '')));
  const send = (): Promise<void> =>
    post(`/tracking/submissions/${detail.id}/mending`, { values: changed }).then(async () => {
      await askTrackingAgain();
      tell('It is taken up anew.');
    }, setWrong);
  return (
    <Stack gap="sm">
      {names.map((name) => (
        <TextInput
          key={name}
          label={(personFieldLabels as Record<string, string>)[name] ?? name}
          maxLength={5000}
          value={values[name] ?? ''}
          error={reasons[`values.${name}`]}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
      {wrong !== null && (
        <div className="notice bad" role="alert">
          {wordsOf(wrong)}
        </div>
      )}
      <div>
        <Deed whyNot={detail.can.mend} onClick={() => void send()}>
          Take up anew
        </Deed>
      </div>
    </Stack>
  );
}
