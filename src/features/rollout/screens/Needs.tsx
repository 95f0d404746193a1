import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { PathStep } from '#features/rollout/contract/path.ts';
import { Go } from '#ui/kit/Go.tsx';
import { placeTable } from './words.ts';

/** What a gate asks for, each met or not by what is on record, with the way to where it is done. */
export function Needs({ needs }: { needs: PathStep['needs'] }) {
  return (
    <ul className="rollout-needs">
      {needs.map(({ met, says, place }) => (
        <li key={says}>
          {met ? (
            <IconCircleCheck size={18} className="good" aria-label="met" />
          ) : (
            <IconCircle size={18} className="dim" aria-label="not met" />
          )}
          <span className="wrap-any">{says}</span>
          {!met && <Go href={placeTable[place].href}>{placeTable[place].act}</Go>}
        </li>
      ))}
    </ul>
  );
}
