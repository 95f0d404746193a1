import type { Decision, NewDecision } from '#features/cadence/contract/actions.ts';
import { post } from '#ui/api/client.ts';
import { doing } from '../asking.ts';

export interface AtItem {
  readonly meetingId: string;
  readonly itemId: string;
  onClose(): void;
}

export const decide = (meetingId: string, decision: NewDecision): Promise<Decision> =>
  doing(post<Decision>(`/meetings/${meetingId}/decisions`, decision));
