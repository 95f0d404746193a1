import type { z } from 'zod';
import { instant } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import type { signature } from '../../contract.ts';
import { owedSides } from '../asking.ts';

type Signature = z.output<typeof signature>;

interface SignaturesProps {
  signatures: readonly Signature[];
  /** Proposed or signed: before that nobody is waited for. */
  awaited: boolean;
}

/** One place for each side's head, signed or still empty. */
export function Signatures({ signatures, awaited }: SignaturesProps) {
  return (
    <div className="signatures">
      {owedSides.map((side) => {
        const signed = signatures.find((each) => each.side === side);
        return (
          <div key={side} className={`signature signature-${side}`} data-signed={signed ? true : undefined}>
            <SideMark side={side} />
            {signed ? (
              <>
                <div className="signature-name">{signed.member.name}</div>
                <div className="dim">
                  {instant(signed.signedAt)}
                  {signed.onBehalf && ' · signed on behalf: nobody of this side could'}
                </div>
              </>
            ) : (
              <div className="dim signature-open">{awaited ? 'Not signed yet' : 'To be signed'}</div>
            )}
          </div>
        );
      })}
    </div>
  );
}
