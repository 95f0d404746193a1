import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { day, instant } from '#ui/formats.ts';

const words = {
  proposed: 'proposed it',
  edited: 'worded it anew',
  planned: 'answered: planned',
  done: 'answered: done',
  declined: 'answered: declined',
  withdrawn: 'withdrew it',
  reopened: 'reopened it',
} as const;

/** Everything that happened, oldest first. */
export function ProposalHistory({ detail: { history } }: { detail: ProposalDetail }) {
  return (
    <section>
      <h3 className="content-part">History</h3>
      <ol className="history">
        {history.map(({ at, what, by, comment, plannedOn, campaign, asset, inTime }) => (
          <li key={`${at} ${what}`}>
            <div>
              <strong>{by?.name ?? 'Somebody'}</strong> {words[what]}
              {plannedOn && ` for ${day(plannedOn)}`}
              {campaign && `, by the campaign “${campaign.name}”`}
              {asset && `, with “${asset.name}”`}
              {inTime !== null && <span className={inTime ? 'good' : 'bad'}>{inTime ? ' in time' : ' late'}</span>}
            </div>
            {comment && <blockquote className="said">{comment}</blockquote>}
            <div className="dim small-print">{instant(at)}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
