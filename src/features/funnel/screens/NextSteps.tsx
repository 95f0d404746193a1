import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useMembers, useTeams } from '#ui/api/members.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

/** What is next to set up; gone once all of it is done. */
export function NextSteps() {
  const me = useMe();
  const rights = useRights();
  const members = useMembers();
  const teams = useTeams();
  if (!rights.may('workspace.write') || !members.data || !teams.data) return null;
  const signedIn = members.data.items.filter(({ hasLogin }) => hasLogin);
  const bothSides = new Set(signedIn.map(({ side }) => side));
  const steps = [
    { done: !me.workspace.empty, label: 'Bring in leads, deals and campaigns', href: paths.imports() },
    { done: signedIn.length > 1, label: 'Invite a colleague', href: paths.settings('members') },
    { done: bothSides.has('marketing') && bothSides.has('sales'), label: 'Have both sides sign in', href: paths.settings('members') },
    { done: teams.data.items.length > 0, label: 'Make teams, to ask for numbers by team', href: paths.settings('teams') },
    {
      done: Boolean(me.workspace.country),
      label: 'State the country, so that phone numbers can be read',
      href: paths.settings('workspace'),
    },
  ];
  if (steps.every(({ done }) => done)) return null;
  return (
    <Sheet title="Next to set up">
      {steps.map(({ done, label, href }) => (
        <Go key={label} href={href} className="row-link">
          {done ? (
            <IconCircleCheck size={18} className="good" aria-label="done" />
          ) : (
            <IconCircle size={18} className="dim" aria-label="to do" />
          )}
          <span className={done ? 'dim' : ''}>{label}</span>
        </Go>
      ))}
    </Sheet>
  );
}
