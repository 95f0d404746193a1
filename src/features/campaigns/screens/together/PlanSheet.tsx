import { Group, Text } from '@mantine/core';
import { planWords } from '#engine/campaigns/states.ts';
import type { KeptPlan, PlanDetail } from '#features/campaigns/contract/plans.ts';
import { count, day, dayOfInstant, money, percent } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { PlanDeeds } from './PlanDeeds.tsx';
import { targetWords } from './planWords.ts';

/** The plan as it stands: how far it has come, the brief that counts, and who has acknowledged it. */
export function PlanSheet({ detail, edit }: { detail: PlanDetail; edit(): void }) {
  const shown = detail.brief ?? detail.draft;
  if (!shown || detail.state === null)
    return (
      <Sheet title="Planned together">
        <Empty
          title="Nothing is planned together yet"
          action={
            <Deed whyNot={detail.can.edit} onClick={edit}>
              Begin a plan
            </Deed>
          }
        >
          A plan says whom the campaign is for, what is said and what is not, what it offers and what it should bring. Reps who take a part
          acknowledge the brief before it is launched.
        </Empty>
      </Sheet>
    );
  return (
    <Sheet
      title={detail.brief ? `The brief, version ${detail.brief.number}` : 'The plan, a draft'}
      actions={
        <span className={`state ${detail.state === 'launched' ? 'state-good' : 'state-waiting'}`}>{planWords[detail.state].label}</span>
      }
      padded
    >
      <div className="stack">
        <PlanDeeds detail={detail} edit={edit} />
        <Standing detail={detail} />
        <Content content={shown.content} audience={shown.audienceSentence} audienceCount={shown.audienceCount} />
        <Numbers detail={detail} />
        <Acknowledged detail={detail} />
      </div>
    </Sheet>
  );
}

function Standing({ detail: { launched, ended, cancelled, draft, brief } }: { detail: PlanDetail }) {
  return (
    <>
      {cancelled && (
        <p className="notice">
          Cancelled on {dayOfInstant(cancelled.at)}: {cancelled.reason}
        </p>
      )}
      {ended && (
        <p className="notice">
          Ended on {dayOfInstant(ended.at)}. {ended.reason}
        </p>
      )}
      {launched && launched.withoutAcknowledgement.length > 0 && (
        <p className="notice warn">
          Launched on {dayOfInstant(launched.at)} without {launched.withoutAcknowledgement.map(({ name }) => name).join(', ')}:{' '}
          {launched.reason}
        </p>
      )}
      {draft && brief && (
        <p className="notice">
          A changed draft, number {draft.number}, is not published yet.
          {draft.changes && ` It adds ${count(draft.changes.added.length)} and removes ${count(draft.changes.removed.length)} statements.`}
        </p>
      )}
    </>
  );
}

interface ContentProps {
  content: KeptPlan;
  audience: string;
  audienceCount: number | null;
}

function Content({ content, audience, audienceCount }: ContentProps) {
  return (
    <div className="brief">
      {content.message && <blockquote className="brief-message">{content.message}</blockquote>}
      <div className="columns">
        <List title="Say" items={content.talkingPoints} />
        <List title="Don’t say" items={content.notToSay} />
      </div>
      <dl className="facts">
        <dt>For</dt>
        <dd>
          {audience}
          {audienceCount !== null && <span className="dim"> ({count(audienceCount)} when it was published)</span>}
        </dd>
        {content.offer && (
          <>
            <dt>Offer</dt>
            <dd>{content.offer}</dd>
          </>
        )}
        {content.regions.length > 0 && (
          <>
            <dt>Regions</dt>
            <dd>{content.regions.join(', ')}</dd>
          </>
        )}
        {content.timeline.length > 0 && (
          <>
            <dt>Days</dt>
            <dd>
              {content.timeline.map(({ label, onDay }) => (
                <div key={`${onDay} ${label}`}>
                  {day(onDay)}: {label}
                </div>
              ))}
            </dd>
          </>
        )}
        {content.assets.length > 0 && (
          <>
            <dt>Material</dt>
            <dd>
              {content.assets.map(({ assetId, label, url }) => (
                <div key={`${assetId ?? url ?? ''} ${label}`}>
                  {assetId ? (
                    <Go href={paths.asset(assetId)}>{label}</Go>
                  ) : url ? (
                    <a href={url} rel="noreferrer" target="_blank">
                      {label}
                    </a>
                  ) : (
                    label
                  )}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

const List = ({ title, items }: { title: string; items: readonly string[] }) =>
  items.length === 0 ? null : (
    <div>
      <h3 className="brief-head">{title}</h3>
      <ul className="tight">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );

function Numbers({ detail: { target, budget } }: { detail: PlanDetail }) {
  return (
    <div className="tiles">
      {target && (
        <div className="tile">
          <div className="tile-label">
            {targetWords[target.metric]} by {day(target.by)}
          </div>
          <div className="tile-figure">
            {target.metric === 'wonValue' ? money(target.reached, target.currency) : count(Number(target.reached))}
            <span className="dim small-print">
              {' '}
              of {target.metric === 'wonValue' ? money(target.amount, target.currency) : count(Number(target.amount))}
            </span>
          </div>
          <div className="dim small-print">{percent(target.share, 0)} reached</div>
        </div>
      )}
      <div className="tile">
        <div className="tile-label">Spent</div>
        <div className="tile-figure">{money(budget.spent.amount, budget.spent.currency)}</div>
        <div className="dim small-print">
          of {money(budget.planned.amount, budget.planned.currency)} planned
          {budget.notConverted > 0 && `; ${count(budget.notConverted)} entries without a rate are left out`}
        </div>
      </div>
    </div>
  );
}

function Acknowledged({ detail: { acknowledged, missing, brief } }: { detail: PlanDetail }) {
  if (!brief || acknowledged.length + missing.length === 0) return null;
  return (
    <Group gap="lg" align="flex-start">
      <Text size="sm">
        <strong>Acknowledged:</strong> {acknowledged.length === 0 ? 'nobody yet' : acknowledged.map(({ member }) => member.name).join(', ')}
      </Text>
      {missing.length > 0 && (
        <Text size="sm" className="warn">
          <strong>Not yet:</strong> {missing.map(({ member, had }) => `${member.name}${had ? ` (knows version ${had})` : ''}`).join(', ')}
        </Text>
      )}
    </Group>
  );
}
