import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { usePlanVersion } from './asking.ts';
import { PlanComments } from './PlanComments.tsx';
import { PlanDeeds } from './PlanDeeds.tsx';
import { PlanEditor } from './editor/PlanEditor.tsx';
import { PlanMark } from './PlanMark.tsx';
import { PlanText } from './PlanText.tsx';
import { PlanVersions } from './PlanVersions.tsx';
import { SignOffs } from './SignOffs.tsx';
import { Warnings } from './Warnings.tsx';

/** One version of a plan: to read the part that concerns one, to sign, to discuss, and, while it is a draft, to write. */
export function PlanPage() {
  const id = usePathParam('id');
  const [search, change] = useUrlSearch();
  const version = usePlanVersion(id);
  const title = version.data ? `${version.data.name}, version ${version.data.number}` : 'Plan';
  const writing = search['edit'] === '1' && version.data?.can.edit === null;
  return (
    <Page title={title} actions={version.data && !writing && <PlanMark version={version.data} />}>
      <IncentiveTabs />
      <Answer of={version} what="The plan" lines={12}>
        {(known) =>
          writing ? (
            <PlanEditor key={known.id} version={known} onDone={() => change({ edit: null })} />
          ) : (
            <div className="stack">
              <PlanDeeds version={known} />
              <Warnings problems={known.problems} warnings={known.warnings} />
              <div className="record contract-record">
                <PlanText version={known} />
                <div className="stack">
                  <SignOffs version={known} />
                  <PlanVersions planId={known.planId} shown={known.id} />
                  <PlanComments version={known} />
                </div>
              </div>
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
