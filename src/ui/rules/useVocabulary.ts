import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { RuleVocabulary } from './vocabulary.ts';

/** What a rule may ask, the company's own fields among it; of a term's definition only what is known when it judges. */
export const useVocabulary = (subject: 'lead' | 'touch', term?: string) =>
  useQuery({
    queryKey: ['agreement', 'vocabulary', subject, term],
    queryFn: ({ signal }) => get<RuleVocabulary>('/definitions/vocabulary', { subject, term }, signal),
    staleTime: 300_000,
  });
