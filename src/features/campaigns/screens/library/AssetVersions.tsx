import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { patch } from '#ui/api/client.ts';
import { bytes, day, dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';

type Version = AssetDetail['allVersions'][number];

/** Every version, the newest first, with the days it is valid. */
export function AssetVersions({ detail }: { detail: AssetDetail }) {
  const [moving, setMoving] = useState<Version | null>(null);
  const { allVersions, can } = detail;
  return (
    <Sheet title="Versions">
      {allVersions.length === 0 ? (
        <p className="sheet-body dim">No version yet: add a link or a file.</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Versions">
          <table className="plain stacked">
            <thead>
              <tr>
                {['Version', 'What', 'Valid', 'By'].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {allVersions.map((version) => (
                <VersionRow key={version.id} version={version} move={can.addVersion === null ? () => setMoving(version) : null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {moving && <MoveExpiry assetId={detail.id} version={moving} onClose={() => setMoving(null)} />}
    </Sheet>
  );
}

function VersionRow({ version, move }: { version: Version; move: (() => void) | null }) {
  const { number, current, expired, url, file, openUrl, note, validFrom, expiresOn, madeBy, madeAt } = version;
  return (
    <tr>
      <th scope="row" className="version-number">
        {number} {current && <span className={expired ? 'bad' : 'good'}>{expired ? 'expired' : 'counts'}</span>}
      </th>
      <td data-label="What">
        <a href={openUrl} target="_blank" rel="noreferrer noopener" className="go cut version-link" title={file ? file.name : (url ?? '')}>
          {file ? file.name : url}
        </a>
        {file && (
          <div className="dim small-print">
            {file.typeLabel}, {bytes(file.bytes)}
          </div>
        )}
        {note && <div className="wrap-any">{note}</div>}
      </td>
      <td data-label="Valid" className="version-days">
        from {day(validFrom)}
        <div className={expired ? 'bad' : 'dim'}>{expiresOn ? `until ${day(expiresOn)}` : 'until replaced'}</div>
        {move && (
          <button type="button" className="as-link small-print" aria-label={`Change the last day of version ${number}`} onClick={move}>
            Change
          </button>
        )}
      </td>
      <td data-label="By">
        {madeBy?.name ?? '–'}
        <div className="dim small-print">{dayOfInstant(madeAt)}</div>
      </td>
    </tr>
  );
}

function MoveExpiry({ assetId, version, onClose }: { assetId: string; version: Version; onClose(): void }) {
  const [expiresOn, setExpiresOn] = useState(version.expiresOn ?? '');
  const send = async (): Promise<void> => {
    await keeping(patch(`/library/${assetId}/versions/${version.id}`, { expiresOn: expiresOn === '' ? null : expiresOn }));
    tell('Saved.');
  };
  return (
    <FormDialog title={`Last day of version ${version.number}`} label="Save" ready onClose={onClose} send={send}>
      {(reasons) => (
        <>
          <TextInput
            type="date"
            label="Last day"
            description="From the day after, links made for it lead to the newest version."
            value={expiresOn}
            min={version.validFrom}
            error={reasons['expiresOn']}
            onChange={(event) => setExpiresOn(event.currentTarget.value)}
            data-autofocus
          />
          {expiresOn !== '' && (
            <div>
              <Button variant="subtle" size="compact-sm" onClick={() => setExpiresOn('')}>
                No last day: until it is replaced
              </Button>
            </div>
          )}
        </>
      )}
    </FormDialog>
  );
}
