import { Text } from '@mantine/core';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { money, plural } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { DealsBehind } from './DealsBehind.tsx';

const parts = [
  { which: 'open', label: 'Open' },
  { which: 'won', label: 'Won' },
  { which: 'lost', label: 'Lost' },
] as const;

/** The amounts of the deals behind a proposal; each opens into its deals. */
export function ValueBehind({ detail }: { detail: ProposalDetail }) {
  const [search, change] = useUrlSearch();
  const { value, cases } = detail;
  const shown = parts.find(({ which }) => which === search['deals']);
  if (cases === 0) return null;
  return (
    <section>
      <h3 className="content-part">Value behind it</h3>
      <div className="tiles">
        {parts.map(({ which, label }) => (
          <button
            key={which}
            type="button"
            className="tile tile-button"
            aria-expanded={which === shown?.which}
            disabled={value[which].deals === 0}
            onClick={() => change({ deals: which === shown?.which ? null : which })}
          >
            <span className="tile-label">{label}</span>
            <span className="tile-figure">{money(value[which].amount, value.currency)}</span>
            <span className="dim small-print">{plural(value[which].deals, 'deal')}</span>
          </button>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {notes(value).join(' ')}
      </Text>
      {shown && <DealsBehind url={value[shown.which].recordsUrl} label={`${shown.label}: deals`} currency={value.currency} />}
    </section>
  );
}

const notes = ({ withoutAmount, leadsWithoutDeal }: ProposalDetail['value']): string[] => [
  ...(leadsWithoutDeal > 0
    ? [`${plural(leadsWithoutDeal, 'lead')} among the cases ${leadsWithoutDeal === 1 ? 'has' : 'have'} no deal yet.`]
    : []),
  ...(withoutAmount > 0
    ? [
        `${plural(withoutAmount, 'deal')} without an amount, or in a currency without a rate, ${withoutAmount === 1 ? 'counts' : 'count'} nothing.`,
      ]
    : []),
];
