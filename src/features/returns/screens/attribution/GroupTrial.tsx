import { useDebouncedValue } from '@mantine/hooks';
import type { ChannelRule, GroupsTrial } from '#features/returns/contract/channel-groups.ts';
import { count, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useGroupsTrial } from './asking.ts';

/** What the rules under edit would change. @param rules null: they are not finished */
export function GroupTrial({ rules }: { rules: readonly ChannelRule[] | null }) {
  const [settled] = useDebouncedValue(rules, 400);
  const trial = useGroupsTrial(settled);
  return (
    <Sheet title="What your changes would do">
      {rules === null ? (
        <p className="sheet-words dim">Finish the rules: each needs a group, and a value in every condition.</p>
      ) : (
        <Answer of={trial} what="The trial" lines={3}>
          {(tried) => (
            <div aria-live="polite" style={{ opacity: trial.isPlaceholderData ? 0.6 : 1 }}>
              <Verdict tried={tried} />
            </div>
          )}
        </Answer>
      )}
    </Sheet>
  );
}

function Verdict({ tried }: { tried: GroupsTrial }) {
  const { moved, fellThrough, rules } = tried;
  const idle = rules.filter(({ touches }) => touches === 0);
  const all = moved.reduce((sum, { touches }) => sum + touches, 0);
  return (
    <>
      <p className="sheet-words page-words">
        {all === 0 ? 'No touch changes its group.' : `${plural(all, 'touch changes', 'touches change')} group.`}
        {(fellThrough.before > 0 || fellThrough.after > 0) &&
          ` Known to no rule: ${count(fellThrough.before)} now, ${count(fellThrough.after)} then.`}
      </p>
      {moved.length > 0 && (
        <ul className="notes" style={{ margin: '0 14px 12px' }}>
          {moved.slice(0, 20).map(({ from, to, touches }) => (
            <li key={`${from}\n${to}`}>
              {plural(touches, 'touch moves', 'touches move')} from {from} to {to}
            </li>
          ))}
          {moved.length > 20 && <li>and {plural(moved.length - 20, 'more move')}</li>}
        </ul>
      )}
      {idle.map(({ group, rule }) => (
        <p key={`${group} ${rule}`} className="sheet-words warn">
          {group} ({rule}) decides no touch: none fits, or an earlier rule takes them.
        </p>
      ))}
    </>
  );
}
