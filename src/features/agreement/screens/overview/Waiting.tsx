import { IconPencil, IconSignature } from '@tabler/icons-react';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import type { OwedSide, Summary } from '../asking.ts';
import { useSigners } from './useSigners.ts';

interface Open {
  key: string;
  title: string;
  href: string;
  status: string;
  missing: readonly OwedSide[];
}

/** Proposals that wait for a signature, one's own side's first, then drafts. */
export function Waiting({ summary }: { summary: Summary }) {
  const signers = useSigners();
  const open = openProposals(summary);
  if (open.length === 0) return null;
  const mine = (each: Open): boolean => each.status === 'proposed' && signers.waitsForMe(each.missing);
  const rank = (each: Open): number => (mine(each) ? 0 : each.status === 'proposed' ? 1 : 2);
  return (
    <section aria-label="Waiting" className="sheet waiting">
      {open
        .toSorted((one, other) => rank(one) - rank(other))
        .map((each) => (
          <Go key={each.key} href={each.href} className="row-link">
            {each.status === 'proposed' ? (
              <IconSignature size={18} className={mine(each) ? 'warn' : 'dim'} aria-hidden />
            ) : (
              <IconPencil size={18} className="dim" aria-hidden />
            )}
            <span className="waiting-title">
              <strong>{each.title}</strong>{' '}
              {each.status === 'proposed' ? (
                <>
                  waits for {each.missing.length > 1 ? 'the signatures of' : 'the signature of'}{' '}
                  <span className="waiting-sides">
                    {each.missing.map((side) => (
                      <SideMark key={side} side={side} />
                    ))}
                  </span>
                </>
              ) : (
                <span className="dim">is a draft, not proposed yet</span>
              )}
            </span>
            <span className="waiting-act">{mine(each) ? 'Read and sign' : each.status === 'proposed' ? 'Read' : 'Go on with it'}</span>
          </Go>
        ))}
    </section>
  );
}

/** Drafts and proposals of the contract and of every definition. */
export const openProposals = (summary: Summary): Open[] => [...openContracts(summary), ...openDefinitions(summary)];

const openContracts = ({ versions }: Summary): Open[] =>
  versions
    .filter(({ status }) => status === 'draft' || status === 'proposed')
    .map(({ id, number, status, missing }) => ({
      key: id,
      title: `The contract, version ${number},`,
      href: paths.contract(id),
      status,
      missing,
    }));

const openDefinitions = ({ terms }: Summary): Open[] =>
  terms.flatMap((term) =>
    term.open.map(({ id, number, status, missing }) => ({
      key: id,
      title: `${term.name}, version ${number},`,
      href: paths.definition(term.key, { version: id }),
      status,
      missing,
    })),
  );
