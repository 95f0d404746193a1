import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { useMade } from '#features/campaigns/contract/content-uses.ts';
import type { AssetItem } from '#features/campaigns/contract/library.ts';
import { post } from '#ui/api/client.ts';
import { day } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { keeping, type Subject } from './asking.ts';

type Way = 'link' | 'call' | 'meeting';

/**
 * One piece of content for one lead or deal: a link to copy, or that it was shown.
 * @param alone not one of many in a list
 */
export function UseAsset({ asset, subject, alone = false }: { asset: AssetItem; subject: Subject; alone?: boolean }) {
  const [link, setLink] = useState<string | null>(null);
  const [busy, setBusy] = useState<Way | null>(null);
  const use = (way: Way): void => {
    setBusy(way);
    keeping(post<z.output<typeof useMade>>(`/library/${asset.id}/uses`, { way, ...subject }))
      .then(async (made) => {
        setLink(made.link);
        if (made.link) tell((await copied(made.link)) ? 'The link is copied.' : 'The link is made: copy it.');
        else tell('Noted as shown.');
      }, tellProblem)
      .finally(() => setBusy(null));
  };
  return (
    <div className="use-asset">
      <Group gap="xs">
        <Deed
          size="compact-md"
          {...(!alone && { variant: 'default' })}
          loading={busy === 'link'}
          whyNot={asset.mayNotUse}
          onClick={() => use('link')}
        >
          Copy tracked link
        </Deed>
        <Deed size="compact-md" variant="default" loading={busy === 'call'} whyNot={asset.mayNotUse} onClick={() => use('call')}>
          Shown in a call
        </Deed>
        <Deed size="compact-md" variant="default" loading={busy === 'meeting'} whyNot={asset.mayNotUse} onClick={() => use('meeting')}>
          Shown in a meeting
        </Deed>
        {asset.standing === 'expiring' && <span className="warn small-print">expires {day(asset.version?.expiresOn)}</span>}
      </Group>
      {link && <MadeLink link={link} />}
    </div>
  );
}

function MadeLink({ link }: { link: string }) {
  return (
    <Group gap="xs" align="flex-end" mt={6} wrap="nowrap">
      <TextInput
        label="The link, shown this once"
        description="Paste it into your mail. When somebody opens it, you are told."
        readOnly
        value={link}
        style={{ flex: 1 }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" onClick={() => void copied(link).then((was) => tell(was ? 'Copied.' : 'Select it and copy it by hand.'))}>
        Copy
      </Button>
    </Group>
  );
}

/** Where the page is not served securely there is no clipboard: the link is there to be selected. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
