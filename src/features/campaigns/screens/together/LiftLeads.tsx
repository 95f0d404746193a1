import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { List } from '#ui/api/queries.ts';
import { get } from '#ui/api/client.ts';
import { count } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';

interface Lead {
  id: string;
  name: string | null;
  company: string | null;
  stage: string | null;
}

/** The leads a rate counts. */
export function LiftLeads({ url, onClose }: { url: string; onClose(): void }) {
  useFocusBack();
  const list = useQuery({
    queryKey: ['campaigns', 'lift-leads', url],
    queryFn: ({ signal }) => get<List<Lead>>(url.replace(/^\/api\/v1/, ''), {}, signal),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100%)"
      title={list.data ? `${count(list.data.total)} leads` : 'Leads'}
    >
      <Answer of={list} what="The leads" lines={8}>
        {({ items, total }) => (
          <>
            {items.map((lead) => (
              <Go key={lead.id} href={paths.record('leads', lead.id)} className="row-link">
                <span className="grow wrap-any">
                  {lead.name ?? 'A lead'} <span className="dim">{lead.company}</span>
                </span>
                <span className="dim">{lead.stage}</span>
              </Go>
            ))}
            {total !== null && total !== undefined && total > items.length && (
              <p className="dim">The first {count(items.length)} are shown.</p>
            )}
          </>
        )}
      </Answer>
    </Drawer>
  );
}
