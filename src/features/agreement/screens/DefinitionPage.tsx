import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { TermDetail } from '../contract.ts';
import { useDefinition } from './asking.ts';
import { BackTestPanel } from './definition/BackTestPanel.tsx';
import { DefinitionEditor } from './definition/DefinitionEditor.tsx';
import { DefinitionText } from './definition/DefinitionText.tsx';
import { DefinitionVersions } from './definition/DefinitionVersions.tsx';
import { NoDefinition } from './definition/NoDefinition.tsx';
import { TryOnLead } from './definition/TryOnLead.tsx';
import { useStart } from './definition/useStart.ts';
import { Discussion } from './version/Discussion.tsx';

/** A term: what it means now, what it meant before, and what somebody proposes it should mean. */
export function DefinitionPage() {
  const key = usePathParam('term');
  const term = useQuery({
    queryKey: ['agreement', 'term', key],
    queryFn: ({ signal }) => get<TermDetail>(`/terms/${key}`, {}, signal),
    enabled: key !== '',
  });
  const name = term.data?.name ?? 'Definition';
  return (
    <Page
      title={name}
      heading={
        <>
          <div className="crumb">
            <Go href={paths.agreement()}>Agreement</Go>
          </div>
          {name}
        </>
      }
    >
      <Answer of={term} what="The definition" lines={10}>
        {(detail) => (
          <>
            <Text c="dimmed" mt={-8} mb="md" maw={720}>
              {detail.about}
            </Text>
            <TermBody term={detail} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function TermBody({ term }: { term: TermDetail }) {
  const [search] = useUrlSearch();
  const go = useGo();
  const shown = search['version'] ?? term.inForce?.id ?? term.versions[0]?.id;
  const version = useDefinition(shown);
  const start = useStart(term, search['edit'], version.data);
  const leave = (id?: string): void => go(paths.definition(term.key, { version: id ?? search['version'] }), { replace: true });
  const edit = (how: string) => (): void => go(paths.definition(term.key, { version: shown, edit: how }));
  if (search['edit'])
    return <Answer of={start}>{(from) => <DefinitionEditor key={from.key} term={term} start={from} onDone={leave} />}</Answer>;
  if (!shown) return <NoDefinition term={term} onStart={(how) => edit(how)()} />;
  return (
    <Answer of={version} what="This version" lines={8}>
      {(known) => (
        <div className="stack">
          <div className="record">
            <DefinitionText term={term} version={known} onEdit={edit('draft')} onNew={edit('copy')} />
            <div className="stack">
              <DefinitionVersions term={term} shown={shown} />
              {term.subject === 'lead' && <TryOnLead rule={known.rule} />}
            </div>
          </div>
          {term.subject === 'lead' && <BackTestPanel version={known} />}
          <Discussion comments={known.comments} />
        </div>
      )}
    </Answer>
  );
}
