import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Mapping } from '#features/intake/contract.ts';
import { get, remove } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';

interface SavedMapping {
  id: string;
  name: string;
  mapping: Mapping;
  createdAt: string;
}

/** Mappings kept for files that come again. */
export function MappingSettings() {
  const rights = useRights();
  const client = useQueryClient();
  const mappings = useQuery({ queryKey: ['mappings'], queryFn: () => get<List<SavedMapping>>('/mappings') });
  return (
    <div className="page-narrow stack">
      <p className="dim" style={{ margin: 0 }}>
        Imports themselves, and undoing them, are under <Go href={paths.imports()}>Import</Go>.
      </p>
      <Sheet title="Saved mappings">
        <Answer of={mappings} what="The mappings">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="None saved">Save one while importing, and files with the same columns are read the same way.</Empty>
            ) : (
              items.map((saved) => (
                <div key={saved.id} className="row-link">
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <div className="wrap-any">{saved.name}</div>
                    <span className="dim">
                      {saved.mapping.tables.length} tables · source “{saved.mapping.source}” · {instant(saved.createdAt)}
                    </span>
                  </div>
                  {rights.import && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Remove ${saved.name}`}
                      onClick={() =>
                        void remove(`/mappings/${saved.id}`).then(() => client.invalidateQueries({ queryKey: ['mappings'] }), tellProblem)
                      }
                    >
                      Remove
                    </Button>
                  )}
                </div>
              ))
            )
          }
        </Answer>
      </Sheet>
    </div>
  );
}
