import { useQuery } from '@tanstack/react-query';
import type { FeedbackSubject } from '#engine/feedback/states.ts';
import { get } from '#ui/api/client.ts';
import { dayOfInstant } from '#ui/formats.ts';

/** A thing that feedback can be about, as it is chosen from a list. */
export interface GivenSubject {
  readonly kind: FeedbackSubject;
  readonly id: string;
  readonly label: string;
}

interface Moment {
  /** `touch <id>` of a touch. */
  key: string;
  type: string;
  side: string | null;
  at: string;
  title: string;
}

interface Rejected {
  id: string;
  rejectedAt: string;
  rejectedBy: { name: string };
}

const mostTouches = 20;

/** Of a lead: itself, how it was followed up, its rejections, and its latest touches by a person. */
export function useLeadSubjects(leadId: string): readonly GivenSubject[] {
  const touches = useQuery({
    queryKey: ['record', 'leads', leadId, 'feedbackTouches'],
    queryFn: ({ signal }) => get<{ items: Moment[] }>(`/leads/${leadId}/timeline`, { limit: 100 }, signal),
  });
  const rejections = useQuery({
    queryKey: ['rejections', 'ofLead', leadId],
    queryFn: ({ signal }) => get<{ items: Rejected[] }>('/rejections', { leadId, state: 'all', limit: 10 }, signal),
  });
  return [
    { kind: 'lead', id: leadId, label: 'The lead itself' },
    { kind: 'followUp', id: leadId, label: 'How it was followed up' },
    ...(rejections.data?.items ?? []).map(
      ({ id, rejectedAt, rejectedBy }): GivenSubject => ({
        kind: 'rejection',
        id,
        label: `Its rejection by ${rejectedBy.name}, ${dayOfInstant(rejectedAt)}`,
      }),
    ),
    ...(touches.data?.items ?? []).flatMap(touchSubject).slice(0, mostTouches),
  ];
}

/** What a colleague did; what the customer did is nobody’s to be told. */
function touchSubject({ key, type, side, title, at }: Moment): GivenSubject[] {
  const [, id] = key.split(' ');
  return type === 'touch' && side !== 'customer' && id ? [{ kind: 'touch', id, label: `${title}, ${dayOfInstant(at)}` }] : [];
}
