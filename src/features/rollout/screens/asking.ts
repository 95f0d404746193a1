import { useQuery } from '@tanstack/react-query';
import type { CharterAnswer, CharterFigure, Measured } from '#features/rollout/contract/charter.ts';
import type { Diagnosis } from '#features/rollout/contract/diagnosis.ts';
import type { Path } from '#features/rollout/contract/path.ts';
import type { BeforeAfterAnswer, PilotChoices, Pilots } from '#features/rollout/contract/pilots.ts';
import { get } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

/** What gates rest on changes in every part of the product: asked anew whenever a page is opened. */
const fresh = { staleTime: 0 } as const;

export const usePath = (enabled = true) =>
  useQuery({ queryKey: ['rollout', 'path'], queryFn: ({ signal }) => get<Path>('/rollout', {}, signal), enabled, ...fresh });

export const useCharter = () =>
  useQuery({ queryKey: ['rollout', 'charter'], queryFn: ({ signal }) => get<CharterAnswer>('/rollout/charter', {}, signal), ...fresh });

export const useFigurePreview = (figure: CharterFigure | null) =>
  useQuery({
    queryKey: ['rollout', 'preview', figure],
    queryFn: ({ signal }) => get<Measured>('/rollout/charter/preview', { figure }, signal),
    enabled: figure !== null,
  });

export const useDiagnosis = () =>
  useQuery({ queryKey: ['rollout', 'diagnosis'], queryFn: ({ signal }) => get<Diagnosis>('/rollout/diagnosis', {}, signal), ...fresh });

export const usePilots = () =>
  useQuery({ queryKey: ['rollout', 'pilots'], queryFn: ({ signal }) => get<Pilots>('/rollout/pilots', {}, signal) });

export const usePilotChoices = () =>
  useQuery({ queryKey: ['rollout', 'choices'], queryFn: ({ signal }) => get<PilotChoices>('/rollout/pilots/choices', {}, signal) });

export const useBeforeAfter = (id: string, measure: string | undefined) =>
  useQuery({
    queryKey: ['rollout', 'beforeAfter', id, measure ?? null],
    queryFn: ({ signal }) => get<BeforeAfterAnswer>(`/rollout/pilots/${id}/before-after`, { measure }, signal),
  });

/** Does something on the way; everything that shows it is asked again, also after a refusal. */
export async function doing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    await queries.invalidateQueries({ queryKey: ['rollout'] });
  }
}
