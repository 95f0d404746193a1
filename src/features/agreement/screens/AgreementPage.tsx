import { Button, Group } from '@mantine/core';
import { useMe, useRights } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useAgreement, type Summary } from './asking.ts';
import { Excuses } from './Excuses.tsx';
import { ContractInForce } from './overview/ContractInForce.tsx';
import { ContractVersions } from './overview/ContractVersions.tsx';
import { StartHere } from './overview/StartHere.tsx';
import { Terms } from './overview/Terms.tsx';
import { Waiting } from './overview/Waiting.tsx';

/** What both sides agreed, what waits for whose signature, and the way to change it. */
export function AgreementPage() {
  const agreement = useAgreement();
  return (
    <Page title="Agreement" actions={agreement.data && <Actions summary={agreement.data} />}>
      <Answer of={agreement} what="The agreement" lines={10}>
        {(summary) => (
          <div className="stack">
            <Waiting summary={summary} />
            {summary.inForce ? <ContractInForce contract={summary.inForce} /> : <StartHere summary={summary} />}
            <Terms terms={summary.terms} />
            {summary.inForce && <Excuses contract={summary.inForce} />}
            {summary.versions.length > 0 && <ContractVersions versions={summary.versions} />}
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Actions({ summary }: { summary: Summary }) {
  const me = useMe();
  const go = useGo();
  const may = useRights().may('agreement.propose');
  if (!summary.inForce) return null;
  const from = summary.inForce.id;
  return (
    <Group gap={8}>
      <Button variant="default" onClick={() => go(paths.attainment(me.member.side === 'leadership' ? {} : { side: me.member.side }))}>
        How it is kept
      </Button>
      {may && <Button onClick={() => go(paths.contract('new', { from }))}>Change the contract</Button>}
    </Group>
  );
}
