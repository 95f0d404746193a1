import type { AttributionSettings } from '#features/returns/contract/attribution.ts';
import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { count, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { useAttributionSettings, useChannelGroups } from './asking.ts';
import './attribution.css';
import { GroupRulesForm } from './GroupRulesForm.tsx';
import { GroupTouchesDrawer } from './GroupTouchesDrawer.tsx';
import { queryOf } from './scope.ts';

/** Which rule puts a touch into which channel group, and what fell through. */
export function ChannelGroups() {
  const [search, change] = useUrlSearch();
  const settings = useAttributionSettings();
  const groups = useChannelGroups(settings.data?.current?.content.ownRules);
  const open = (url: string, about: string): void => change({ open: queryOf(url), about });
  return (
    <Page
      title="Channel groups"
      heading={
        <>
          <div style={{ fontSize: '0.75rem', fontWeight: 400 }}>
            <Go href={paths.attribution()}>Attribution</Go>
          </div>
          Channel groups
        </>
      }
    >
      <ReturnsTabs />
      <Answer of={groups} what="Channel groups" lines={12}>
        {(answer) => (
          <Answer of={settings} what="The setting" lines={3}>
            {(setting) => <Shown answer={answer} settings={setting} open={open} />}
          </Answer>
        )}
      </Answer>
      {search['open'] && (
        <GroupTouchesDrawer query={search['open']} about={search['about']} onClose={() => change({ open: null, about: null })} />
      )}
    </Page>
  );
}

interface ShownProps {
  answer: ChannelGroupsAnswer;
  settings: AttributionSettings;
  open(url: string, about: string): void;
}

function Shown({ answer, settings, open }: ShownProps) {
  const { total } = answer;
  if (settings.history.length === 0 && total.touches === 0)
    return (
      <Empty title="No touches yet" action={<Go href={paths.imports()}>Import touches</Go>}>
        Here stands into which channel group each touch falls: ad clicks, forms, e-mails, calls and meetings, by your own rules first, then
        by those that Google Analytics 4 publishes.
      </Empty>
    );
  const share = total.touches === 0 ? null : total.fellThrough / total.touches;
  return (
    <div className="stack">
      <p className="page-words">
        {total.fellThrough === 0
          ? `Every one of ${count(total.touches)} touches has its channel group.`
          : `${count(total.fellThrough)} of ${count(total.touches)} touches (${percent(share)}) are known to no rule and stay “${answer.unassigned}”.`}{' '}
        The first rule that holds decides: your own in their order, then the touch’s own channel, then the published rules on source and
        medium.
      </p>
      <GroupRulesForm answer={answer} settings={settings} open={open} />
    </div>
  );
}
