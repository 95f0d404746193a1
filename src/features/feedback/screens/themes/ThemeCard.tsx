import { Button, Menu } from '@mantine/core';
import { feedbackStateWords } from '#engine/feedback/states.ts';
import type { Theme } from '#features/feedback/contract/overview.ts';
import { post } from '#ui/api/client.ts';
import { count, day, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { subjectWords } from '../words.ts';

interface ThemeProps {
  theme: Theme;
  others: readonly Theme[];
  whyNotMerge: string | null;
  open(id: string): void;
}

/** One theme: what it is about, how often and since when, and the feedback in it that one may read. */
export function ThemeCard({ theme, others, whyNotMerge, open }: ThemeProps) {
  const unread = theme.count - theme.feedback.length;
  return (
    <Sheet title={<span className="wrap-any">{theme.title}</span>} actions={<SideMark side={theme.toSide} />} padded>
      <div>
        <strong className={theme.recurs ? 'bad' : ''}>{plural(theme.count, 'time')}</strong>
        <span className="dim">
          {' '}
          {day(theme.firstOn)} to {day(theme.lastOn)}, {count(theme.recent)} in the last 30 days · {subjectWords[theme.subjectKind]}
          {theme.open > 0 && ` · ${count(theme.open)} not answered`}
        </span>
      </div>
      {theme.recurs && <div className="small-print">Offered to the next agenda.</div>}
      {theme.words.length > 0 && (
        <ul className="theme-words" aria-label="Words they share">
          {theme.words.map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
      )}
      <ul className="theme-feedback">
        {theme.feedback.map(({ id, behaviour, givenOn, state }) => (
          <li key={id}>
            <button type="button" className="as-link" style={{ flex: 1, minWidth: 0, textAlign: 'left' }} onClick={() => open(id)}>
              {behaviour}
              <span className="dim small-print" style={{ display: 'block' }}>
                {day(givenOn)} · {feedbackStateWords[state].label}
              </span>
            </button>
            {whyNotMerge === null && theme.feedback.length > 1 && id !== theme.feedback[0]!.id && (
              <Part id={id} from={theme.feedback[0]!.id} />
            )}
          </li>
        ))}
        {unread > 0 && (
          <li className="dim small-print">{`${plural(unread, 'more')} that ${unread === 1 ? 'is' : 'are'} not yours to read`}</li>
        )}
      </ul>
      {whyNotMerge === null && others.length > 0 && theme.feedback.length > 0 && <Merge theme={theme} others={others} />}
    </Sheet>
  );
}

const link = (oneId: string, otherId: string, together: boolean): Promise<unknown> =>
  doing(post('/feedback/links', { oneId, otherId, together }));

/** Two are said to be one, or not: the other way round undoes it. */
function say(oneId: string, otherId: string, together: boolean): void {
  link(oneId, otherId, together).then(
    () => tellUndoable(together ? 'Put together.' : 'Taken apart.', async () => void (await link(oneId, otherId, !together))),
    tellProblem,
  );
}

function Part({ id, from }: { id: string; from: string }) {
  return (
    <button type="button" className="as-link small-print no-break" onClick={() => say(from, id, false)}>
      Take out
    </button>
  );
}

function Merge({ theme, others }: { theme: Theme; others: readonly Theme[] }) {
  const readable = others.filter(({ feedback }) => feedback.length > 0);
  if (readable.length === 0) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-sm" mt={8}>
          Put together with…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {readable.slice(0, 12).map((other) => (
          <Menu.Item key={other.id} onClick={() => say(theme.feedback[0]!.id, other.feedback[0]!.id, true)}>
            {other.title} ({count(other.count)})
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
