import { Button, Drawer, SegmentedControl, Text } from '@mantine/core';
import type { CreditsAnswer } from '#features/returns/contract/credits.ts';
import { ruleModelWords } from '#engine/attribution/models.ts';
import { count, money, plural } from '#ui/formats.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useCredits } from './asking.ts';
import { CreditedConversions } from './CreditedConversions.tsx';
import { CreditedTouches } from './CreditedTouches.tsx';
import { OpenJourneys } from './OpenJourneys.tsx';

interface CreditsDrawerProps {
  query: string;
  about: string | undefined;
  change(changes: Record<string, string | null>): void;
  onClose(): void;
}

/** The very conversions, or touches, a credited number is made of. */
export function CreditsDrawer({ query, about, change, onClose }: CreditsDrawerProps) {
  const list = useCredits(query);
  const first = list.data?.pages[0];
  const which = new URLSearchParams(query).get('which') ?? 'conversions';
  const ask = (next: string): void => {
    const params = new URLSearchParams(query);
    params.set('which', next);
    change({ open: params.toString() });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1040px, 100%)"
      title={first ? titleOf(first, !new URLSearchParams(query).has('group')) : 'Behind this number'}
    >
      <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
        {about}
      </Text>
      {(which === 'conversions' || which === 'touches') && (
        <SegmentedControl
          mb="sm"
          aria-label="Conversions or touches"
          value={which}
          onChange={ask}
          data={[
            { value: 'conversions', label: 'Conversions' },
            { value: 'touches', label: 'Touches' },
          ]}
        />
      )}
      <Answer of={list} what="What stands behind it" lines={8}>
        {({ pages }) => {
          if (pages[0]!.total === 0) return <Empty title="Nothing behind this number" />;
          return (
            <>
              <Items pages={pages} />
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

function Items({ pages }: { pages: readonly CreditsAnswer[] }) {
  const { which, currency } = pages[0]!;
  if (which === 'open') return <OpenJourneys items={pages.flatMap(({ open }) => open)} />;
  if (which === 'touches') return <CreditedTouches items={pages.flatMap(({ touches }) => touches)} currency={currency} />;
  const conversions = pages.flatMap((page) => page.conversions);
  return <CreditedConversions items={conversions} currency={currency} credited={which === 'conversions'} />;
}

/** @param whole of all groups: no model shares these conversions out */
function titleOf({ which, total, sum, currency, model }: CreditsAnswer, whole: boolean): string {
  if (which === 'open') return `${plural(total, 'journey')} under way`;
  const value = money(sum.value, currency);
  if (which === 'unattributed') return `${plural(total, 'conversion')} without a touch, ${value}`;
  if (which === 'touches') return `${plural(total, 'touch', 'touches')}, credited ${value} by ${ruleModelWords[model].label}`;
  if (whole) return `${plural(total, 'conversion')}, ${value}`;
  return `${count(sum.conversions)} of ${plural(total, 'conversion')}, ${value} by ${ruleModelWords[model].label}`;
}
