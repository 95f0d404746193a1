import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';

const heads = { marketing: 'For marketing', sales: 'For sales', sponsor: 'As the sponsor' } as const;

/** Who has signed: the heads and the sponsor the whole, each payee their own part. */
export function SignOffs({ version }: { version: PlanVersion }) {
  const signed = version.signatures.filter(({ signsAs }) => signsAs !== 'payee');
  if (version.status === 'draft') return null;
  return (
    <Sheet title="Signatures">
      <ul className="looks">
        {signed.map(({ signsAs, member, signedAt, onBehalf }) => (
          <li key={signsAs} className="row-link">
            <IconCircleCheck size={18} className="good" aria-hidden />
            <span className="grow">
              {heads[signsAs as keyof typeof heads]}: {member.name}
              {onBehalf && <span className="dim"> on its behalf</span>}
            </span>
            <span className="dim">{dayOfInstant(signedAt)}</span>
          </li>
        ))}
        {version.missing.map((each) => (
          <li key={each} className="row-link">
            <IconCircle size={18} aria-hidden />
            <span className="grow dim">{heads[each]}: not yet</span>
          </li>
        ))}
        {version.signOffs.map(({ payee, signedAt }) => (
          <li key={payee.id} className="row-link">
            {signedAt ? <IconCircleCheck size={18} className="good" aria-hidden /> : <IconCircle size={18} aria-hidden />}
            <span className="grow">
              {payee.name} <SideMark side={payee.side} />
              {!signedAt && (
                <span className="warn small-print"> {payee.hasLogin ? 'not signed: not paid by it' : 'has no login and can’t sign'}</span>
              )}
            </span>
            <span className="dim">{signedAt ? dayOfInstant(signedAt) : ''}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
