import { Group, Select, Text } from '@mantine/core';
import { useMembers } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { type Sight, useEstimate, useSight } from '../asking.ts';
import { DealWhatIf } from './DealWhatIf.tsx';
import { PlanSoFar } from './PlanSoFar.tsx';
import { ObjectiveResults } from '../results/ObjectiveResults.tsx';
import { Looks } from './Looks.tsx';
import { StatementList } from './StatementList.tsx';

/** What the running period would pay so far, and what was paid; of oneself, or of somebody whose pay one sees. */
export function Pay() {
  const [search, change] = useUrlSearch();
  const me = useMe().member;
  const sight = useSight();
  const whose = search['of'] ?? me.id;
  const estimate = useEstimate(whose === me.id ? undefined : whose, search['on']);
  const isOwn = whose === me.id;
  return (
    <Page title="Pay">
      <IncentiveTabs />
      {sight.data && seesOthers(sight.data) && <Whose chosen={whose} choose={(of) => change({ of: of === me.id ? null : of })} />}
      <div className="stack">
        <Answer of={estimate} what="The estimate" lines={6}>
          {(answer) =>
            answer.plans.length === 0 ? (
              <Text c="dimmed">
                {isOwn ? 'No plan that was signed pays you now.' : `No plan that was signed pays ${answer.payee.name} now.`}
              </Text>
            ) : (
              <>
                {answer.plans.map((plan) => (
                  <PlanSoFar key={plan.versionId} plan={plan} isOwn={isOwn} />
                ))}
                <Text size="sm" c="dimmed">
                  {answer.caveat}
                </Text>
                <DealWhatIf memberId={isOwn ? undefined : whose} />
              </>
            )
          }
        </Answer>
        <ObjectiveResults memberId={whose} />
        <div className="columns">
          <StatementList memberId={whose} />
          {isOwn && <Looks />}
        </div>
      </div>
    </Page>
  );
}

const seesOthers = ({ all, sides, managesSomebody }: Sight): boolean => all || sides.marketing || sides.sales || managesSomebody;

function Whose({ chosen, choose }: { chosen: string; choose(id: string): void }) {
  const members = useMembers();
  const options = (members.data?.items ?? [])
    .filter(({ side }) => side !== 'leadership')
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Group mb="md">
      <Select
        label="Whose pay"
        description="A look at another’s pay is written down, and they can read it."
        data={options}
        value={chosen}
        onChange={(id) => id && choose(id)}
        searchable
        allowDeselect={false}
        w={320}
      />
    </Group>
  );
}
