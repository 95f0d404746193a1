import { useQuery } from '@tanstack/react-query';
import type { LeftOut, Mapping, Recognition, UnmatchedValue } from '#features/intake/contract.ts';
import { get } from '#ui/api/client.ts';

export type ImportStatus = 'uploaded' | 'staging' | 'staged' | 'applying' | 'done' | 'failed' | 'undone';

export interface KindCounts {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  merged: number;
  rejected: number;
}

export interface ImportResult {
  kinds: Record<string, KindCounts>;
  rows?: number;
  errors: number;
  warnings: number;
  unmatched?: UnmatchedValue[];
  setAside?: { table: string; reason: string }[];
  leftOut?: LeftOut[];
  notes?: string[];
  converted?: number;
}

export interface ImportRun {
  id: string;
  number: number;
  status: ImportStatus;
  dryRun: boolean;
  source: string;
  dialect: string | null;
  files: { name: string; bytes: number }[];
  /** With the fingerprint of the headers, and the saved mapping that was found by it. */
  recognition: (Recognition & { fingerprint?: string; savedMapping?: string | null }) | null;
  mapping: Mapping | null;
  progress: { phase?: string; done?: number; total?: number } | null;
  result: ImportResult | null;
  error: string | null;
  memberName?: string | null;
  createdAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
}

export const isRunning = (status: ImportStatus): boolean => status === 'staging' || status === 'staged' || status === 'applying';

/** Whether the sample's agreement, books, campaigns and the rest are there beside its records. */
export const sampleIsWhole = ({ status, progress }: ImportRun): boolean => status === 'done' && progress?.phase === 'whole';

/** Asked for every second until it is over. */
export const useImport = (id: string, isOver = (run: ImportRun): boolean => !isRunning(run.status)) =>
  useQuery({
    queryKey: ['imports', id],
    queryFn: () => get<ImportRun>(`/imports/${id}`),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && !isOver(query.state.data) ? 1000 : false),
  });

const statusWords: Record<ImportStatus, string> = {
  uploaded: 'not run yet',
  staging: 'reading',
  staged: 'read',
  applying: 'writing',
  done: 'done',
  failed: 'failed',
  undone: 'undone',
};
export const statusWord = (run: ImportRun): string =>
  run.status === 'uploaded' && run.result ? 'tried, not run yet' : statusWords[run.status];

/** The words for kinds, as the lists call them. */
export const kindWords: Record<string, string> = {
  member: 'Members',
  account: 'Accounts',
  contact: 'Contacts',
  campaign: 'Campaigns',
  lead: 'Leads',
  deal: 'Deals',
  campaignMember: 'Campaign members',
  touch: 'Touches',
  revenue: 'Revenue entries',
  dealStage: 'Deal stages',
  cost: 'Costs',
};
