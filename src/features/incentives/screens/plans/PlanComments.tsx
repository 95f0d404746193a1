import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { ago, instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/**
 * What is said about one payee's part, read by who sees that pay. What all who see the plan may read stands in the
 * comments of the page.
 */
export function PlanComments({ version }: { version: PlanVersion }) {
  const own = useMe().member.id;
  const parts = version.people.filter(({ figuresShown }) => figuresShown);
  if (version.comments.length === 0 && (version.can.comment !== null || parts.length === 0)) return null;
  return (
    <Sheet title="Said about one part" id="about-one-part">
      {version.comments.map((comment) => (
        <article key={comment.id} className="comment">
          <div className="comment-head">
            <strong>{comment.member.name}</strong> <SideMark side={comment.side} />
            {comment.about && <span className="dim">about {comment.about.id === own ? 'your own' : `${comment.about.name}’s`} part</span>}
            <time className="dim" dateTime={comment.saidAt} title={instant(comment.saidAt)}>
              {ago(comment.saidAt)}
            </time>
          </div>
          <div className="comment-text">{comment.text}</div>
        </article>
      ))}
      {version.can.comment === null && parts.length > 0 && <SayAboutPart version={version} parts={parts} own={own} />}
    </Sheet>
  );
}

interface SayProps {
  version: PlanVersion;
  parts: PlanVersion['people'];
  own: string;
}

function SayAboutPart({ version, parts, own }: SayProps) {
  const [text, setText] = useState('');
  const [about, setAbout] = useState(parts.find(({ id }) => id === own)?.id ?? parts[0]?.id ?? null);
  const [busy, setBusy] = useState(false);
  const say = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/incentive-plan-versions/${version.id}/comments`, { text, ...(about !== null && { aboutMemberId: about }) });
      await askAgain();
      setText('');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const whose = about === own ? 'your part' : `the part of ${parts.find(({ id }) => id === about)?.name ?? ''}`;
  return (
    <form
      className="comment-form no-print"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void say();
      }}
    >
      {parts.length > 1 && (
        <Select
          label="Whose part"
          data={parts.map(({ id, name }) => ({ value: id, label: id === own ? `${name} (you)` : name }))}
          value={about}
          allowDeselect={false}
          searchable={parts.length > 8}
          onChange={setAbout}
        />
      )}
      <Textarea
        label={`Say something about ${whose}`}
        description="Read by who sees that pay: the payee, who manages them, the head of their side and the sponsor."
        autosize
        minRows={2}
        maxLength={5_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>
        Say it
      </Button>
    </form>
  );
}
