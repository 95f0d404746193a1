import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { post, remove } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { AddVersion } from './AddVersion.tsx';
import { keeping } from './asking.ts';
import { EditAsset } from './EditAsset.tsx';
import { RateAsset } from './RateAsset.tsx';
import { UseFor } from './UseFor.tsx';

type Asked = 'use' | 'addVersion' | 'edit' | 'rate';

/** What can be done with content; what can't says why. */
export function AssetDeeds({ detail }: { detail: AssetDetail }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const { id, title, can, version } = detail;
  const archive = (): void => {
    keeping(post(`/library/${id}/archival`, {})).then(
      () =>
        tellUndoable(
          `“${title}” is archived. Links sent before go on.`,
          async () => void (await keeping(remove(`/library/${id}/archival`))),
        ),
      tellProblem,
    );
  };
  const restore = (): void => void keeping(remove(`/library/${id}/archival`)).catch(tellProblem);
  return (
    <Group gap="xs" mb="md">
      <Deed whyNot={can.use} onClick={() => setAsked('use')}>
        Send or show it
      </Deed>
      {version && (
        <Button component="a" href={version.openUrl} target="_blank" rel="noreferrer noopener" variant="default">
          {version.source === 'file' ? 'Save the file' : 'Open it'}
        </Button>
      )}
      <Deed variant="default" whyNot={can.addVersion} onClick={() => setAsked('addVersion')}>
        New version
      </Deed>
      <Deed variant="default" whyNot={can.rate} onClick={() => setAsked('rate')}>
        Rate it
      </Deed>
      <Deed variant="default" whyNot={can.edit} onClick={() => setAsked('edit')}>
        Edit
      </Deed>
      {detail.standing === 'archived' ? (
        <Deed variant="default" whyNot={can.restore} onClick={restore}>
          Put back
        </Deed>
      ) : (
        <Deed variant="default" whyNot={can.archive} onClick={archive}>
          Archive
        </Deed>
      )}
      {asked === 'use' && <UseFor asset={detail} onClose={close} />}
      {asked === 'addVersion' && <AddVersion detail={detail} onClose={close} />}
      {asked === 'edit' && <EditAsset detail={detail} onClose={close} />}
      {asked === 'rate' && <RateAsset detail={detail} onClose={close} />}
    </Group>
  );
}
