import type { AssetOutcome } from '#features/campaigns/contract/content-uses.ts';
import { count, money, plural } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useOutcome } from './asking.ts';
import { Comparison } from './Comparison.tsx';

/** Opens what is behind a number. @param url as the server gave it */
export type OpenBehind = (url: string, about: string) => void;

/** Who used it, whom it reached, what was won after, and how that compares. */
export function OutcomeSheet({ id, open }: { id: string; open: OpenBehind }) {
  const outcome = useOutcome(id);
  return (
    <Answer of={outcome} what="What came of it" lines={8}>
      {(told) =>
        told.uses === 0 ? (
          <Sheet title="Use and outcome" padded>
            <p className="dim" style={{ margin: 0 }}>
              Nobody has used it yet. From a lead or a deal it is sent as a tracked link, or marked as shown in a call; from then on this
              sheet tells whom it reached and what came of it.
            </p>
          </Sheet>
        ) : (
          <div className="stack">
            <Sheet title="Use">
              <Tiles told={told} open={open} />
              <ByMember told={told} open={open} />
            </Sheet>
            <Sheet title="Won with it and without" actions={<Explain label="How this is counted">{told.formula}</Explain>} padded>
              <Comparison told={told} open={open} />
            </Sheet>
          </div>
        )
      }
    </Answer>
  );
}

function Tiles({ told, open }: { told: AssetOutcome; open: OpenBehind }) {
  const opened = `${told.usesUrl}?which=opened`;
  return (
    <div className="tiles sheet-body">
      <Tile
        label="Uses"
        figure={count(told.uses)}
        about={`${count(told.links)} as links, ${count(told.shown)} shown`}
        onClick={() => open(told.usesUrl, 'Uses')}
      />
      <Tile
        label="Opens by people"
        figure={count(told.opens)}
        about={`${plural(told.reached, 'lead')} reached`}
        onClick={told.opens > 0 ? () => open(opened, 'Links that were opened') : null}
      />
      <Tile
        label="Deals won after a use"
        figure={count(told.wonDeals)}
        about={told.wonDeals > 0 ? money(told.wonAmount, told.currency) : 'none yet'}
        onClick={told.wonDeals > 0 ? () => open(told.dealsUrl, 'Deals won after a use') : null}
      />
    </div>
  );
}

function Tile({ label, figure, about, onClick }: { label: string; figure: string; about: string; onClick: (() => void) | null }) {
  return (
    <button type="button" className="tile tile-button" disabled={onClick === null} onClick={onClick ?? undefined}>
      <span className="tile-label">{label}</span>
      <span className="tile-figure">{figure}</span>
      <span className="dim small-print">{about}</span>
    </button>
  );
}

function ByMember({ told, open }: { told: AssetOutcome; open: OpenBehind }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Use by person">
      <table className="plain stacked figure-last">
        <thead>
          <tr>
            <th scope="col">Who</th>
            {['Uses', 'Opened', 'Reached', 'Won after'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.byMember.map((each) => (
            <MemberRow key={each.member.id} of={each} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MemberRow({ of, open }: { of: AssetOutcome['byMember'][number]; open: OpenBehind }) {
  const { member, uses, links, opened, reached, won, usesUrl, dealsUrl } = of;
  const cell = (head: string, value: number, url: string, more = '') => (
    <td data-label={head} className="end">
      <OpenNumber value={value} label={`${head}, ${member.name}`} open={() => open(url, `${head}: ${member.name}`)} />
      {more}
    </td>
  );
  return (
    <tr>
      <th scope="row">{member.name}</th>
      {cell('Uses', uses, usesUrl)}
      {cell('Opened', opened, `${usesUrl}&which=opened`, links === 0 ? '' : ` of ${count(links)}`)}
      {cell('Reached', reached, `${usesUrl}&which=reached`)}
      {cell('Won after', won, dealsUrl)}
    </tr>
  );
}
