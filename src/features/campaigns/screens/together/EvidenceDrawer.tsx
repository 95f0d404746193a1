import { Button, Drawer, Text } from '@mantine/core';
import type { EvidenceItem } from '#features/campaigns/contract/roles.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { useEvidence } from './asking.ts';

interface EvidenceDrawerProps {
  url: string;
  title: string;
  about: string;
  onClose(): void;
}

/** The touches by which a part counts as done. */
export function EvidenceDrawer({ url, title, about, onClose }: EvidenceDrawerProps) {
  useFocusBack();
  const list = useEvidence(url);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(760px, 100%)" title={title}>
      <Text size="sm" c="dimmed" mb="sm">
        {about}
      </Text>
      <Answer of={list} what="The evidence" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No evidence yet">What counts appears here by itself once it is on record.</Empty>;
          return (
            <>
              {items.map((item, at) => (
                <Row key={item.touchId ?? `${item.at} ${at}`} item={item} />
              ))}
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Drawer>
  );
}

function Row({ item: { at, kind, outcome, subject, person } }: { item: EvidenceItem }) {
  const href = person?.leadId
    ? paths.record('leads', person.leadId)
    : person?.contactId
      ? paths.record('contacts', person.contactId)
      : null;
  return (
    <div className="row-link">
      <span className="grow wrap-any">
        {person && (href ? <Go href={href}>{person.name}</Go> : person.name)}{' '}
        {person?.company && <span className="dim">{person.company}</span>}
        <span className="dim block small-print">{[kind, outcome, subject].filter(Boolean).join(', ')}</span>
      </span>
      <span className="dim">{instant(at)}</span>
    </div>
  );
}
