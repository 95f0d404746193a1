import { Button } from '@mantine/core';
import { useState } from 'react';
import { count } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useRunCheck } from '../asking.ts';
import { OpeningRow } from '../openingLink.tsx';

/** Computes a locked run again from the inputs kept with it: equal to the byte, or something was touched. */
export function RunCheck({ id }: { id: string }) {
  const [wanted, setWanted] = useState(false);
  const check = useRunCheck(id, wanted);
  return (
    <Sheet title="Check" padded>
      {!wanted ? (
        <Button variant="default" onClick={() => setWanted(true)}>
          Compute it again
        </Button>
      ) : (
        <Answer of={check} what="The check" lines={2}>
          {({ equal, changedFacts }) => (
            <>
              <p className={equal ? 'good' : 'bad'}>
                {equal
                  ? 'Computed again from what was kept with it: equal to the byte.'
                  : 'Computed again it differs: something was touched.'}
              </p>
              {changedFacts.length > 0 && (
                <>
                  <p>
                    {changedFacts.length === 1 ? 'One record reads' : `${count(changedFacts.length)} records read`} otherwise now: the next
                    run corrects it.
                  </p>
                  <div className="table-scroll" tabIndex={0} role="region" aria-label="What reads otherwise now">
                    <table className="plain stacked">
                      <tbody>
                        {changedFacts.slice(0, 20).map(({ opening, says }, at) => (
                          <OpeningRow
                            key={`${opening.id ?? ''} ${at} ${says}`}
                            opening={{ ...opening, label: `${opening.label} (${says})` }}
                          />
                        ))}
                      </tbody>
                    </table>
                  </div>
                </>
              )}
            </>
          )}
        </Answer>
      )}
    </Sheet>
  );
}
