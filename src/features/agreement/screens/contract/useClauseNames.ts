import { useMemo } from 'react';
import type { Names } from '#engine/agreement/wording.ts';
import { inSentence } from '#engine/rules/words.ts';
import { leadFields } from '#features/records/contract.ts';
import { useTeams } from '#ui/api/members.ts';
import { useCustomFields } from '#ui/api/records.ts';
import { useCalendars } from '../asking.ts';

const builtIn = leadFields.map(({ name, label }) => [name, inSentence(label)] as const);

/** The names behind ids and keys, so that a clause reads here as it will be signed. */
export function useClauseNames(): Names {
  const calendars = useCalendars();
  const teams = useTeams();
  const own = useCustomFields('leads');
  return useMemo(
    () => ({
      calendars: Object.fromEntries((calendars.data?.items ?? []).map(({ id, name }) => [id, name])),
      teams: Object.fromEntries((teams.data?.items ?? []).map(({ id, name }) => [id, name])),
      fields: Object.fromEntries([...builtIn, ...own.map(({ name, label }) => [name, inSentence(label)] as const)]),
    }),
    [calendars.data, teams.data, own],
  );
}
