import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useAgreement, useAgreementVersion } from './asking.ts';
import { CapacityPanel } from './contract/CapacityPanel.tsx';
import { ContractChanges } from './contract/ContractChanges.tsx';
import { ContractEditor } from './contract/ContractEditor.tsx';
import { ContractText } from './contract/ContractText.tsx';
import { useContractStart } from './contract/useContractStart.ts';
import { Discussion } from './version/Discussion.tsx';
import { StateMark } from './version/StateMark.tsx';
import { VersionDeeds } from './version/VersionDeeds.tsx';

/** One version of the contract: a page that both heads read and sign, and the place where a draft is written. */
export function ContractPage() {
  const id = usePathParam('id');
  const [search] = useUrlSearch();
  if (id === '') return null;
  if (id === 'new' || search['edit']) return <Writing id={id === 'new' ? null : id} from={search['from']} />;
  return <Reading id={id} />;
}

const crumb = (title: string) => (
  <>
    <div className="crumb no-print">
      <Go href={paths.agreement()}>Agreement</Go>
    </div>
    {title}
  </>
);

function Writing({ id, from }: { id: string | null; from: string | undefined }) {
  const go = useGo();
  const start = useContractStart(id, from);
  const title = id ? 'Draft of the contract' : 'New version of the contract';
  return (
    <Page title={title} heading={crumb(title)}>
      <Answer of={start} what="The draft" lines={10}>
        {(known) => (
          <ContractEditor
            key={known.key}
            start={known}
            onDone={(kept) => {
              const back = kept ?? id;
              go(back ? paths.contract(back) : paths.agreement(), { replace: true });
            }}
          />
        )}
      </Answer>
    </Page>
  );
}

function Reading({ id }: { id: string }) {
  const go = useGo();
  const version = useAgreementVersion(id);
  const summary = useAgreement();
  const number = version.data ? `, version ${version.data.number}` : '';
  const first = !summary.data?.versions.some((each) => each.status === 'signed' && each.id !== id);
  return (
    <Page
      title={`Contract${number}`}
      heading={crumb(`Contract${number}`)}
      actions={
        version.data && (
          <Group gap={8} className="no-print">
            <StateMark {...version.data} />
            <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
              Print
            </Button>
            <VersionDeeds
              version={version.data}
              title={`the contract, version ${version.data.number}`}
              path={`/agreement/versions/${id}`}
              first={first}
              onEdit={() => go(paths.contract(id, { edit: '1' }))}
              onNew={() => go(paths.contract('new', { from: id }))}
              recap={<ContractText version={version.data} signing />}
            />
          </Group>
        )
      }
    >
      <Answer of={version} what="The contract" lines={12}>
        {(known) => (
          <div className="stack">
            {known.status !== 'withdrawn' && known.diff && (
              <div className="no-print">
                <ContractChanges diff={known.diff} />
              </div>
            )}
            <div className="record contract-record">
              <ContractText version={known} />
              <div className="stack no-print">
                {(known.status === 'draft' || known.status === 'proposed') && <CapacityPanel content={known.content} />}
                <Discussion comments={known.comments} />
              </div>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}
