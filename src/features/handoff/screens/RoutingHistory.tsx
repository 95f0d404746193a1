import { Button } from '@mantine/core';
import type { RoutingAnswer, RoutingContent } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';

interface RoutingHistoryProps {
  answer: RoutingAnswer;
  may: boolean;
  /** Puts an older version on screen, to be saved as a new one. */
  onUse(content: RoutingContent): void;
}

/** Every version stays: which one routed a lead can always be told. */
export function RoutingHistory({ answer, may, onUse }: RoutingHistoryProps) {
  const use = (id: string, number: number): Promise<void> =>
    get<{ content: RoutingContent }>(`/routing/versions/${id}`).then(({ content }) => {
      onUse(content);
      tell(`Version ${number} is on screen. Save it to use it.`);
    }, tellProblem);
  return (
    <Sheet title="Versions">
      {answer.versions.length === 0 ? (
        <Empty title="No version yet">The first is made when you save.</Empty>
      ) : (
        answer.versions.map(({ id, number, effectiveAt, madeBy }) => (
          <div key={id} className="row-link">
            <div style={{ flex: 1, minWidth: 0 }}>
              <span style={{ fontWeight: 500 }}>Version {number}</span>{' '}
              <span className="dim">
                from {instant(effectiveAt)}
                {madeBy && `, by ${madeBy.name}`}
              </span>
            </div>
            {id === answer.current?.id ? (
              <span className="good">In force</span>
            ) : (
              may && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Use again: version ${number}`}
                  onClick={() => void use(id, number)}
                >
                  Use again
                </Button>
              )
            )}
          </div>
        ))
      )}
    </Sheet>
  );
}
