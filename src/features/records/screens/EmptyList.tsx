import { Button, Group } from '@mantine/core';
import { useGo } from '#ui/kit/Go.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { RecordPage } from '#ui/records.ts';

const meaning: Record<string, string> = {
  leads:
    'A lead is one qualification cycle of a contact: from the first inquiry to won, lost or sent back. They come from imports, forms and by hand.',
  accounts: 'An account is a company. Its contacts, leads, deals and revenue of both sides stand on one page.',
  contacts: 'A contact is a person at an account.',
  deals: 'A deal is an opportunity with an amount and a close date.',
  campaigns: 'A campaign is something marketing runs, alone or with sales. Leads and deals point back to it.',
};

export function EmptyList({ page, narrowed, clear }: { page: RecordPage; narrowed: boolean; clear(): void }) {
  const go = useGo();
  if (narrowed)
    return (
      <Empty
        title={`No ${page.label.toLowerCase()} match`}
        action={
          <Button variant="default" onClick={clear}>
            Clear search and filters
          </Button>
        }
      >
        Search finds what a name, e-mail, domain or phone number begins with.
      </Empty>
    );
  return (
    <Empty
      title={`No ${page.label.toLowerCase()} yet`}
      action={
        <Group>
          <Button variant="default" onClick={() => go(paths.imports())}>
            Import files
          </Button>
        </Group>
      }
    >
      {meaning[page.path]}
    </Empty>
  );
}
