import type { z } from 'zod';
import type { messageSchema } from '#features/notices/contract/message.ts';
import { toneWord } from '#engine/notices/addresses.ts';
import { Go } from '#ui/kit/Go.tsx';
import './message.css';

type Shown = z.output<typeof messageSchema>;
type Part = Shown['sections'][number]['parts'][number];
type Bar = Extract<Part, { kind: 'bars' }>['items'][number];
type Tone = Bar['tone'];

/** A message as its reader has it by mail, here with links that stay in the app. */
export function MessageView({ message: { title, lead, sections, why } }: { message: Shown }) {
  return (
    <article className="message" aria-label={title}>
      <h3 className="message-title">{title}</h3>
      <p className="message-lead">{lead}</p>
      {sections.map(({ heading, parts }) => (
        <section key={heading}>
          <h4>{heading}</h4>
          {parts.map((part, place) => (
            <PartView key={`${part.kind} ${place}`} part={part} />
          ))}
        </section>
      ))}
      {why && <p className="dim small-print">{why}</p>}
    </article>
  );
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return (
        <p className="wrap-any">
          <Maybe opens={part.opens}>{part.text}</Maybe>
        </p>
      );
    case 'points':
      return (
        <ul>
          {part.items.map(({ text, detail, tone, opens }, place) => (
            <li key={`${text} ${place}`} className="wrap-any">
              <ToneWord tone={tone} />
              <Maybe opens={opens}>{text}</Maybe>
              {detail && <div className="dim small-print message-detail">{detail}</div>}
            </li>
          ))}
        </ul>
      );
    case 'figures':
      return (
        <dl className="message-figures">
          {part.items.map(({ label, value, note, tone, opens }) => (
            <div key={label}>
              <dt className="dim small-print">{label}</dt>
              <dd>
                <strong className="message-value">
                  <Maybe opens={opens}>{value}</Maybe>
                </strong>
                {(note || tone) && (
                  <div className="dim small-print">
                    <ToneWord tone={tone} />
                    {note}
                  </div>
                )}
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'bars':
      return (
        <figure className="message-bars">
          <figcaption className="dim small-print">{part.caption}</figcaption>
          {part.items.map((bar, place) => (
            <BarView key={`${bar.label} ${place}`} bar={bar} />
          ))}
        </figure>
      );
  }
}

function BarView({ bar: { label, value, length, mark, tone, opens } }: { bar: Bar }) {
  const within = (percent: number): string => `${Math.min(100, Math.max(0, percent))}%`;
  return (
    <div className="message-bar">
      <div className="message-bar-words">
        <span className="wrap-any">
          <ToneWord tone={tone} />
          <Maybe opens={opens}>{label}</Maybe>
        </span>
        <strong>{value}</strong>
      </div>
      <div className="message-track" aria-hidden>
        <div className={`message-fill ${tone ?? 'plain'}`} style={{ width: within(length) }} />
        {mark !== undefined && <div className="message-mark" style={{ left: within(mark) }} />}
      </div>
    </div>
  );
}

function ToneWord({ tone }: { tone: Tone }) {
  const word = toneWord(tone);
  return word ? (
    <strong className={tone === 'late' || tone === 'below' ? 'bad' : tone === 'soon' ? 'warn' : 'good'}>{word}: </strong>
  ) : null;
}

function Maybe({ opens, children }: { opens: string | undefined; children: string }) {
  return opens === undefined ? children : <Go href={opens}>{children}</Go>;
}
