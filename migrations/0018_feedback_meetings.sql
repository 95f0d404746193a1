-- Feedback about a meeting that runs or was held.
ALTER TABLE accord.feedback DROP CONSTRAINT feedback_subject_kind_check, DROP CONSTRAINT feedback_record_kind_check;
ALTER TABLE accord.feedback
  ADD CONSTRAINT feedback_subject_kind_check CHECK (subject_kind IN ('lead', 'rejection', 'campaign', 'asset', 'followUp', 'touch', 'meeting')),
  ADD CONSTRAINT feedback_record_kind_check CHECK (record_kind IN ('lead', 'contact', 'account', 'deal', 'campaign', 'asset', 'meeting'));
