import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import type { ChoicesChange, OwnChoices } from '#features/notices/contract/choices.ts';
import { kinds, mailings, type NoticeKind, noticeKinds, type Place } from '#features/notices/contract/kinds.ts';
import { patch } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing, useChoices } from './asking.ts';
import { OwnRoom } from './OwnRoom.tsx';
import { QuietHoursSheet } from './QuietHoursSheet.tsx';
import './notices.css';

/** What I am told of, where, and when not. Each change is kept at once. */
export function NoticeSettings() {
  const choices = useChoices();
  return (
    <Answer of={choices} what="What you chose" lines={10}>
      {(own) => <Known own={own} />}
    </Answer>
  );
}

function Known({ own }: { own: OwnChoices }) {
  const [saved, setSaved] = useState(false);
  // Shown at once; what the server refuses is asked anew.
  const change = (changed: ChoicesChange): void => {
    // An answer on its way is older than this change.
    void queries.cancelQueries({ queryKey: ['noticeChoices'] });
    queries.setQueryData<OwnChoices>(['noticeChoices'], { ...own, ...changed, kinds: { ...own.kinds, ...changed.kinds } });
    void doing('noticeChoices', patch('/notifications/choices', changed)).then(() => setSaved(true), tellProblem);
  };
  return (
    <div className="page-narrow stack">
      {own.quietUntil && (
        <div className="notice">It is quiet for you now: what leaves the house waits until {instant(own.quietUntil)}.</div>
      )}
      <Sheet
        title="What I am told of, and where"
        actions={
          <span role="status" className="good small-print">
            {saved ? 'Kept.' : ''}
          </span>
        }
      >
        <KindGrid own={own} change={change} />
      </Sheet>
      <QuietHoursSheet own={own} change={change} />
      <OwnRoom own={own} />
    </div>
  );
}

const mailLabels: Readonly<Record<(typeof mailings)[number], string>> = { atOnce: 'at once', digest: 'with the digest', never: 'never' };

function KindGrid({ own, change }: { own: OwnChoices; change(changed: ChoicesChange): void }) {
  return (
    <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="What I am told of, and where">
      <table className="choices-grid">
        <thead>
          <tr>
            <th scope="col">About</th>
            <th scope="col">In the app</th>
            <th scope="col">By mail</th>
            <th scope="col">In my room</th>
          </tr>
        </thead>
        <tbody>
          {noticeKinds.map((kind) => (
            <KindRow
              key={kind}
              kind={kind}
              place={own.kinds[kind]}
              hasRoom={own.room !== null}
              set={(place) => change({ kinds: { [kind]: place } })}
            />
          ))}
        </tbody>
      </table>
      {own.whyNoMail && (
        <p className="dim small-print sheet-body">{own.whyNoMail} Until then nothing comes by mail, whatever is chosen here.</p>
      )}
    </div>
  );
}

function KindRow({ kind, place, hasRoom, set }: { kind: NoticeKind; place: Place; hasRoom: boolean; set(place: Place): void }) {
  const { name, about } = kinds[kind];
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong>
        <div className="dim small-print">{about}</div>
      </th>
      <td data-label="In the app">
        <Checkbox
          aria-label={`${name}: in the app`}
          checked={place.app}
          onChange={(event) => set({ ...place, app: event.currentTarget.checked })}
        />
      </td>
      <td data-label="By mail">
        <Select
          aria-label={`${name}: by mail`}
          value={place.mail}
          allowDeselect={false}
          onChange={(value) => value && set({ ...place, mail: value as Place['mail'] })}
          data={mailings.map((each) => ({ value: each, label: mailLabels[each] }))}
          w={150}
        />
      </td>
      <td data-label="In my room">
        <Checkbox
          aria-label={`${name}: in my room`}
          checked={place.chat && hasRoom}
          disabled={!hasRoom}
          onChange={(event) => set({ ...place, chat: event.currentTarget.checked })}
        />
      </td>
    </tr>
  );
}
