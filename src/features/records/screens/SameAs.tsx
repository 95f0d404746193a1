import { Button, Group, Text } from '@mantine/core';
import { post, remove } from '#ui/api/client.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useRights } from '#ui/api/session.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import type { RecordItem } from '#ui/records.ts';

/** What was merged into this record, and what might be the same. */
export function SameAs({ path, item }: { path: RecordsPath; item: RecordItem }) {
  const rights = useRights();
  const merged = (item['mergedFrom'] ?? []) as { id: string; name: string }[];
  const possible = (item['possibleDuplicates'] ?? []) as { id: string; name: string; reason: string }[];
  if (merged.length + possible.length === 0) return null;
  const apart = async (otherId: string): Promise<void> => {
    await remove(`/${path}/${item.id}/merges/${otherId}`);
    await refreshRecords();
  };
  const merge = async (otherId: string): Promise<void> => {
    try {
      await post(`/${path}/${item.id}/merges`, { otherId });
      await refreshRecords();
      tellUndoable('Merged.', () => apart(otherId));
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <Sheet title="The same as">
      {merged.map(({ id, name }) => (
        <div key={id} className="row-link">
          <div style={{ flex: 1, minWidth: 0 }}>
            <div className="wrap-any">{name}</div>
            <Text size="xs" c="dimmed">
              merged into this one
            </Text>
          </div>
          {rights.merge && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void apart(id).then(() => tell('Taken apart again.'), tellProblem)}
              aria-label={`Un-merge ${name}`}
            >
              Un-merge
            </Button>
          )}
        </div>
      ))}
      {possible.map(({ id, name, reason }) => (
        <div key={id} className="row-link">
          <div style={{ flex: 1, minWidth: 0 }}>
            <Go href={paths.record(path, id)}>{name}</Go>
            <Text size="xs" c="dimmed">
              perhaps the same: same {reason === 'email' ? 'e-mail' : reason}
            </Text>
          </div>
          {rights.merge && (
            <Group gap={6}>
              <Button size="compact-sm" variant="default" onClick={() => void merge(id)} aria-label={`Merge ${name} into this one`}>
                Merge
              </Button>
            </Group>
          )}
        </div>
      ))}
    </Sheet>
  );
}
