import { Group, Text } from '@mantine/core';
import type { Rejection } from '#features/handoff/contract.ts';
import { capitalised, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { AnswerRejection } from './AnswerRejection.tsx';
import { JudgeRejection } from './JudgeRejection.tsx';
import { rejectionStateWords } from './rejectionWords.ts';

const answers = { agreed: 'agrees', mended: 'mended it and sent it back', contested: 'contests it' } as const;

/** One rejection, from the clause named to the ruling, with what the reader can do about it. */
export function RejectionCard({ rejection, showLead = true }: { rejection: Rejection; showLead?: boolean }) {
  const { lead, clauses, answer, rulings } = rejection;
  const state = rejectionStateWords[rejection.state];
  return (
    <Sheet
      id={`rejection-${rejection.id}`}
      title={
        showLead ? (
          <>
            <Go href={paths.record('leads', lead.id)}>{lead.name}</Go>
            {lead.company && (
              <Text component="span" size="sm" c="dimmed" fw={400}>
                {' '}
                {lead.company}
              </Text>
            )}
          </>
        ) : (
          'Rejection'
        )
      }
      actions={<strong className={state.look}>{state.label}</strong>}
      padded
    >
      <Text size="sm">
        <strong>{rejection.rejectedBy.name}</strong> rejected it {instant(rejection.rejectedAt)}
        {rejection.campaign && `, from “${rejection.campaign.name}”`}. Not met, by{' '}
        <Go href={paths.definition('mql', { version: rejection.versionId })}>MQL version {rejection.versionNumber}</Go>:
      </Text>
      <ul className="plain-list">
        {clauses.map(({ path, sentence }) => (
          <li key={path} className="wrap-any">
            {capitalised(sentence)}
          </li>
        ))}
      </ul>
      <blockquote className="said">{rejection.comment}</blockquote>
      {answer && (
        <>
          <Text size="sm" mt="xs">
            <strong>{answer.by.name}</strong> {answers[answer.answer]}, {instant(answer.at)}
            {rejection.inSample && '. Drawn by chance to be judged all the same'}.
          </Text>
          <blockquote className="said">{answer.comment}</blockquote>
        </>
      )}
      {rulings.map((ruling) => (
        <div key={ruling.side}>
          <Text size="sm" mt="xs">
            <strong>{ruling.member.name}</strong> for {ruling.side}: <strong>{ruling.verdict}</strong>, {instant(ruling.at)}
          </Text>
          <blockquote className="said">{ruling.reason}</blockquote>
        </div>
      ))}
      {rejection.missing.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          Still to judge for {rejection.missing.join(' and ')}.{rejection.mayNotJudge !== null && ` ${rejection.mayNotJudge}`}
        </Text>
      )}
      {!answer && !rejection.mayAnswer && rejection.marketer && (
        <Text size="sm" c="dimmed" mt="xs">
          It is for {rejection.marketer.name} to answer.
        </Text>
      )}
      <Group gap="sm" mt="sm" className="if-any">
        {rejection.mayAnswer && <AnswerRejection rejection={rejection} />}
        {rejection.state === 'toJudge' && rejection.mayNotJudge === null && <JudgeRejection rejection={rejection} />}
      </Group>
    </Sheet>
  );
}
