import { feedbackTexts, type FeedbackItem } from '#features/feedback/contract/feedback.ts';
import { fieldWords } from './words.ts';

/** What was written, part by part. */
export function FeedbackText({ item }: { item: FeedbackItem }) {
  const words = fieldWords[item.tone];
  return (
    <dl className="feedback-parts">
      {feedbackTexts
        .filter((field) => item[field] !== '')
        .map((field) => (
          <div key={field}>
            <dt>{words[field].label}</dt>
            <dd>{item[field]}</dd>
          </div>
        ))}
      {item.clauses.length > 0 && (
        <div>
          <dt>Not met, of the definition</dt>
          <dd>{item.clauses.join('; ')}</dd>
        </div>
      )}
      {item.tags.length > 0 && (
        <div>
          <dt>Tags</dt>
          <dd>{item.tags.join(', ')}</dd>
        </div>
      )}
    </dl>
  );
}
