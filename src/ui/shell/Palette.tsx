import { Combobox, Group, Loader, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { paths, settingsParts, type RecordsPath } from '#ui/paths.ts';
import { recordPages } from '#ui/records.ts';
import { destinations } from './destinations.ts';

interface Hit {
  kind: RecordsPath;
  id: string;
  title: string;
  subtitle: string | null;
}

const actions: readonly [string, string][] = [
  ['New import', paths.imports()],
  ['Find duplicate accounts', paths.duplicates('accounts')],
  ['Find duplicate contacts', paths.duplicates('contacts')],
  ...Object.values(recordPages).map(({ path, one }): [string, string] => [`New ${one}`, paths.records(path, { new: '1' })]),
  ...settingsParts.map((part): [string, string] => [`Settings: ${part}`, paths.settings(part)]),
];

/** Records, pages and actions in one search. */
export function Palette({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const go = useGo();
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const hits = useQuery<Hit[]>({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => get<List<Hit>>('/search', { q: asked }, signal).then(({ items }) => items),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const like = ([label]: readonly [string, string]): boolean => label.toLowerCase().includes(typed.trim().toLowerCase());
  const pages = destinations.map(({ label, href }): [string, string] => [label, href]).filter(like);
  const deeds = typed.trim() ? actions.filter(like).slice(0, 6) : actions.slice(0, 3);
  const records: Hit[] = typed.trim() ? (hits.data ?? []) : [];
  const nothing = typed.trim() && !hits.isFetching && records.length + pages.length + deeds.length === 0;
  useEffect(() => {
    combobox.selectFirstOption();
  }, [typed, records.length, combobox.selectFirstOption]);
  const open = (href: string): void => {
    onClose();
    go(href);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size="lg"
      padding={0}
      yOffset="10vh"
      centered={false}
      aria-label="Search and commands"
    >
      <Combobox store={combobox} onOptionSubmit={open} withinPortal={false}>
        <Group px="md" py={6} gap="sm" wrap="nowrap">
          {hits.isFetching ? <Loader size={18} /> : <IconSearch size={18} aria-hidden />}
          <Combobox.EventsTarget>
            <TextInput
              size="md"
              variant="unstyled"
              data-autofocus
              aria-label="Search records, pages and actions"
              placeholder="Search records, pages and actions"
              style={{ flex: 1 }}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </Combobox.EventsTarget>
        </Group>
        <ScrollArea.Autosize mah="60vh" type="auto">
          <Combobox.Options p="xs" style={{ borderTop: '1px solid var(--a-line)' }} aria-label="Results">
            {records.length > 0 && (
              <Combobox.Group label="Records">
                {records.map(({ kind, id, title, subtitle }) => (
                  <Combobox.Option key={id} value={paths.record(kind, id)}>
                    <Text size="sm" truncate>
                      {title}
                    </Text>
                    <Text size="xs" c="dimmed" truncate>
                      {[recordPages[kind].one, subtitle].filter(Boolean).join(' · ')}
                    </Text>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            )}
            {pages.length > 0 && <Choices label="Pages" of={pages} />}
            {deeds.length > 0 && <Choices label="Actions" of={deeds} />}
            {nothing && <Combobox.Empty>Nothing begins with “{typed.trim()}”</Combobox.Empty>}
          </Combobox.Options>
        </ScrollArea.Autosize>
      </Combobox>
    </Modal>
  );
}

function Choices({ label, of }: { label: string; of: readonly (readonly [string, string])[] }) {
  return (
    <Combobox.Group label={label}>
      {of.map(([text, href]) => (
        <Combobox.Option key={href + text} value={href}>
          {text}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}
