import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { type Policy, route, type Route, type Who } from '#platform/http/route.ts';
import { acceptFeedback, disagreeWithFeedback, explainFeedback, thankForFeedback } from '../actions/answer.ts';
import { confirmFeedback, reopenFeedback, sayOnFeedback, withdrawFeedback } from '../actions/settle.ts';
import {
  acceptance,
  confirmation,
  disagreement,
  explanation,
  feedbackDetail,
  reopening,
  saying,
  thanks,
  withdrawal,
} from '../contract/feedback.ts';
import { byId } from '../contract/pieces.ts';
import { mayAnswerFeedback, mayGiveFeedback } from '../policy.ts';
import { getFeedback } from '../queries/feedback.ts';

/** One verb: does it, and answers with what became of the feedback. */
const verb = <Body extends z.ZodType>(
  noun: string,
  summary: string,
  access: Policy,
  body: Body,
  act: (tx: Tx, who: Who, id: string, said: z.output<Body>) => Promise<void>,
): Route =>
  route({
    method: 'POST',
    path: `/feedback/:id/${noun}`,
    summary,
    tag: 'feedback',
    access,
    params: byId,
    body,
    answers: { 200: feedbackDetail },
    handle: async ({ who, params, body: said, transact }) => ({
      body: await transact(async (tx) => {
        await act(tx, who, params.id, said as z.output<Body>);
        return getFeedback(tx, who, params.id);
      }),
    }),
  });

export const verbRoutes: readonly Route[] = [
  verb('acceptance', 'Accept criticism, with an action and its day', mayAnswerFeedback, acceptance, acceptFeedback),
  verb('explanation', 'Answer criticism with why it was so', mayAnswerFeedback, explanation, explainFeedback),
  verb('disagreement', 'Disagree with criticism: it goes onto the next agenda', mayAnswerFeedback, disagreement, disagreeWithFeedback),
  verb('thanks', 'Take praise with thanks', mayAnswerFeedback, thanks, thankForFeedback),
  verb('confirmation', 'Say that what was answered settles it', mayGiveFeedback, confirmation, confirmFeedback),
  verb('reopening', 'Say that what was answered does not settle it', mayGiveFeedback, reopening, reopenFeedback),
  verb('withdrawal', 'Take feedback back that was not answered', mayGiveFeedback, withdrawal, withdrawFeedback),
  verb('entries', 'Write in the thread of feedback', mayGiveFeedback, saying, sayOnFeedback),
];
