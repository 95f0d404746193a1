import { useState } from 'react';
import type { Lift, ParticipationAnswer, ParticipationCounts } from '#features/campaigns/contract/participation.ts';
import { count, percent } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useLift, useParticipation } from './asking.ts';
import { EvidenceDrawer } from './EvidenceDrawer.tsx';
import { LiftLeads } from './LiftLeads.tsx';

/** Who took part by evidence, and what it changed: with its range, or plainly too few to say. */
export function Effect({ campaignId }: { campaignId: string }) {
  const participation = useParticipation(campaignId);
  const lift = useLift(campaignId);
  return (
    <>
      <Sheet title="Who took part">
        <Answer of={participation} what="Participation" lines={4}>
          {(answer) => <Participation answer={answer} />}
        </Answer>
      </Sheet>
      <Sheet
        title="What it changed"
        actions={
          lift.data && (
            <Explain label="How lift is made">
              <p>{lift.data.formula}</p>
              {lift.data.caveats.map((caveat) => (
                <p key={caveat}>{caveat}</p>
              ))}
            </Explain>
          )
        }
        padded
      >
        <Answer of={lift} what="The lift" lines={4}>
          {({ outcomes, sentences }) => (
            <div className="stack">
              {sentences.map((sentence) => (
                <p key={sentence} className="lead-sentence">
                  {sentence}
                </p>
              ))}
              {outcomes.map((outcome) => (
                <LiftPicture key={outcome.outcome} lift={outcome} />
              ))}
            </div>
          )}
        </Answer>
      </Sheet>
    </>
  );
}

function Participation({ answer }: { answer: ParticipationAnswer }) {
  const [open, setOpen] = useState<{ url: string; name: string } | null>(null);
  const rows: { name: string; counts: ParticipationCounts }[] = [
    ...(answer.total ? [{ name: 'All reps', counts: answer.total }] : []),
    ...answer.teams.map(({ team, ...counts }) => ({ name: team.name, counts })),
    ...(answer.rest ? [{ name: 'Others', counts: answer.rest }] : []),
  ];
  if (rows.length === 0 && answer.persons.length === 0)
    return <Empty title="Nobody took part yet">Whoever has a touch on record with the campaign’s people took part, asked or not.</Empty>;
  return (
    <>
      {rows.length > 0 && <CountTable rows={rows} />}
      {answer.persons.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="By person">
          <table className="plain stacked">
            <thead>
              <tr>
                {['Person', 'Asked', 'Accepted', 'Done', 'People reached', 'Touches'].map((head, at) => (
                  <th key={head} scope="col" className={at > 0 ? 'figure' : undefined}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.persons.map((person) => (
                <tr key={person.member.id}>
                  <th scope="row">{person.member.name}</th>
                  <td data-label="Asked" className="figure">
                    {count(person.asked)}
                  </td>
                  <td data-label="Accepted" className="figure">
                    {count(person.accepted)}
                  </td>
                  <td data-label="Done" className="figure">
                    {count(person.done)}
                  </td>
                  <td data-label="People reached" className="figure">
                    {count(person.people)}
                  </td>
                  <td data-label="Touches" className="figure">
                    {person.touches === 0 ? (
                      '0'
                    ) : (
                      <button
                        type="button"
                        className="as-link"
                        onClick={() => setOpen({ url: person.recordsUrl, name: person.member.name })}
                      >
                        {count(person.touches)}
                        <span className="visually-hidden"> touches of {person.member.name}</span>
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {answer.notes.map((note) => (
        <p key={note} className="sheet-body dim small-print">
          {note}
        </p>
      ))}
      {open && (
        <EvidenceDrawer
          url={open.url}
          title={open.name}
          about="Touches with people of the campaign that count as evidence."
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const CountTable = ({ rows }: { rows: readonly { name: string; counts: ParticipationCounts }[] }) => (
  <div className="table-scroll" tabIndex={0} role="region" aria-label="By team">
    <table className="plain stacked">
      <thead>
        <tr>
          {['Team', 'Reps', 'Asked', 'Accepted', 'Took part', 'Share', 'Done as agreed'].map((head, at) => (
            <th key={head} scope="col" className={at > 0 ? 'figure' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counts }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {(
              [
                ['Reps', count(counts.reps)],
                ['Asked', count(counts.asked)],
                ['Accepted', count(counts.accepted)],
                ['Took part', count(counts.evidenced)],
                ['Share', percent(counts.share, 0)],
                ['Done as agreed', count(counts.done)],
              ] as const
            ).map(([label, value]) => (
              <td key={label} data-label={label} className="figure">
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const outcomeWords = { sql: 'SQL', won: 'won' } as const;

/** Rates side by side, and the difference on a line with its interval. */
function LiftPicture({ lift }: { lift: Lift }) {
  const [which, setWhich] = useState<string | null>(null);
  const { worked, compared, difference, extra } = lift;
  const rate = (side: typeof worked, label: string) =>
    side && (
      <div className="lift-rate">
        <div className="tile-label">{label}</div>
        <div className="lift-bar" aria-hidden>
          <span style={{ width: `${Math.min(100, (side.share ?? 0) * 100)}%` }} />
        </div>
        <div>
          {percent(side.share)}{' '}
          {side.recordsUrl ? (
            <button type="button" className="as-link" onClick={() => setWhich(side.recordsUrl)}>
              of {count(side.leads)} leads
              <span className="visually-hidden"> {label}</span>
            </button>
          ) : (
            <span className="dim">of {count(side.leads)} leads</span>
          )}
        </div>
      </div>
    );
  return (
    <section aria-label={`Lift: ${outcomeWords[lift.outcome]}`}>
      <h3 className="brief-head">
        To {outcomeWords[lift.outcome]} within {count(lift.withinDays)} days
      </h3>
      {rate(worked, 'worked by reps who took part')}
      {rate(compared, 'comparable, without a part')}
      {difference && extra && (
        <>
          <Interval value={difference.value} low={difference.low} high={difference.high} />
          <p className="dim small-print">
            {points(difference.value)} points, between {points(difference.low)} and {points(difference.high)} (95 %);{' '}
            {Math.round(extra.value)} more than without, between {Math.round(extra.low)} and {Math.round(extra.high)}. {count(lift.leftOut)}{' '}
            leads without anything to compare them with and {count(lift.tooYoung)} too young are left out.
          </p>
        </>
      )}
      {lift.tooFew && <p className="notice">{lift.tooFew}</p>}
      {which && <LiftLeads url={which} onClose={() => setWhich(null)} />}
    </section>
  );
}

const points = (share: number): string => `${share >= 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)}`;

function Interval({ value, low, high }: { value: number; low: number; high: number }) {
  const reach = Math.max(Math.abs(low), Math.abs(high), 0.01);
  const place = (x: number): string => `${50 + (x / reach) * 48}%`;
  return (
    <div className="interval" role="img" aria-label={`${points(value)} points, between ${points(low)} and ${points(high)}`}>
      <span className="interval-zero" />
      <span className="interval-range" style={{ left: place(low), right: `calc(100% - ${place(high)})` }} />
      <span className="interval-value" style={{ left: place(value) }} />
    </div>
  );
}
