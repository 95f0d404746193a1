import { Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMe, useRights } from '#ui/api/session.ts';
import { capitalised } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import type { DefinitionVersion } from '../../contract.ts';
import { ProposeDialog } from './ProposeDialog.tsx';
import { SignDialog } from './SignDialog.tsx';
import { WithdrawDialog } from './WithdrawDialog.tsx';
import { whyNot } from './whyNot.ts';

interface VersionDeedsProps {
  version: Pick<DefinitionVersion, 'status' | 'signing' | 'contentHash' | 'effectiveFrom' | 'madeBy'>;
  title: string;
  /** Below the API's root. */
  path: string;
  /** Nothing of the kind was signed before. */
  first: boolean;
  onEdit(): void;
  /** A new version that begins as a copy of this one. */
  onNew(): void;
  /** What is signed, for the dialog. */
  recap: ReactNode;
}

type Open = 'propose' | 'sign' | 'withdraw' | null;

/** What can be done with a version as it stands; what can't says why. */
export function VersionDeeds(props: VersionDeedsProps) {
  const { version, title, path, first, onEdit, onNew, recap } = props;
  const rights = useRights();
  const [open, setOpen] = useState<Open>(null);
  const { status, signing, contentHash } = version;
  const may = rights.may('agreement.propose');
  const notMine = useNotMine(version.madeBy);
  const close = (): void => setOpen(null);
  const cannotSign = whyNot('sign', status, true) ?? signing.whyNot;
  return (
    <Group gap={8} className="no-print">
      {status === 'draft' && (
        <>
          <Deed onClick={() => setOpen('propose')} whyNot={whyNot('propose', status, may) ?? notMine}>
            Propose
          </Deed>
          <Deed variant="default" onClick={onEdit} whyNot={whyNot('edit', status, may) ?? notMine}>
            Edit
          </Deed>
        </>
      )}
      {status === 'proposed' && (
        <Deed onClick={() => setOpen('sign')} whyNot={cannotSign} {...(signing.side && !cannotSign && { color: signing.side })}>
          {signing.side ? `Sign for ${capitalised(signing.side)}` : 'Sign'}
        </Deed>
      )}
      {status !== 'draft' && (
        <Deed variant="default" onClick={onNew} whyNot={whyNot('propose', 'draft', may)}>
          {status === 'signed' ? 'New version' : 'New version from this'}
        </Deed>
      )}
      {(status === 'draft' || status === 'proposed') && (
        <Deed variant="default" onClick={() => setOpen('withdraw')} whyNot={whyNot('withdraw', status, may) ?? notMine}>
          Withdraw
        </Deed>
      )}
      {open === 'propose' && <ProposeDialog title={title} path={path} first={first} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog title={title} path={path} onClose={close} />}
      {open === 'sign' && signing.side && contentHash && (
        <SignDialog
          title={title}
          path={path}
          side={signing.side}
          onBehalf={signing.onBehalf}
          contentHash={contentHash}
          effectiveFrom={version.effectiveFrom}
          onClose={close}
        >
          {recap}
        </SignDialog>
      )}
    </Group>
  );
}

/** A draft belongs to who made it, and to the heads. */
function useNotMine(madeBy: DefinitionVersion['madeBy']): string | null {
  const { member } = useMe();
  if (!madeBy || madeBy.id === member.id || ['owner', 'admin', 'manager'].includes(member.role)) return null;
  return `${madeBy.name} made this: they or a head of either side change it. You can say something about it.`;
}
