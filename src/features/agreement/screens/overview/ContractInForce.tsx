import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { capitalised, day, dayOfInstant, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import type { AgreementVersion } from '../../contract.ts';
import { owedSides, type OwedSide } from '../asking.ts';
import { Signatures } from '../version/Signatures.tsx';

/** The contract as it counts now: each side's half in its own accent, and who signed it. */
export function ContractInForce({ contract }: { contract: AgreementVersion }) {
  return (
    <Sheet
      title={`The contract, version ${contract.number}`}
      actions={
        <Go href={paths.contract(contract.id)} className="go with-icon">
          <IconFileText size={16} aria-hidden /> As a page to read and print
        </Go>
      }
      padded
    >
      <p className="dim version-dates">
        In force since {day(contract.effectiveFrom)}
        {contract.retroactiveUntil && `; what came before ${dayOfInstant(contract.retroactiveUntil)} is measured without consequences`}
      </p>
      <div className="sides-columns">
        {owedSides.map((side) => (
          <SideClauses key={side} contract={contract} side={side} />
        ))}
      </div>
      <Signatures signatures={contract.signatures} awaited={false} />
    </Sheet>
  );
}

/** So many are read at a glance; the rest is one click away. */
const atFirst = 8;

function SideClauses({ contract, side }: { contract: AgreementVersion; side: OwedSide }) {
  const [all, setAll] = useState(false);
  const clauses = contract.content.clauses.filter((clause) => clause.side === side);
  const sentences = new Map(contract.sentences.map(({ key, sentence }) => [key, sentence]));
  const shown = all ? clauses : clauses.slice(0, atFirst);
  return (
    <section className={`owes owes-${side}`} aria-label={`${capitalised(side)} owes`}>
      <h3>
        <SideMark side={side} /> owes {plural(clauses.length, 'thing')}
      </h3>
      {shown.map((clause) => (
        <div key={clause.key} className="owed-clause">
          <Go href={paths.attainment({ clause: clause.key })} className="go owed-title" title="How it is kept">
            {clause.title}
          </Go>
          <div className="owed-sentence">{sentences.get(clause.key)}</div>
        </div>
      ))}
      {clauses.length > atFirst && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show fewer' : `Show all ${clauses.length}`}
        </Button>
      )}
    </section>
  );
}
