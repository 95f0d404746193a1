import { Fragment } from 'react';
import { channelSide } from './settingWords.ts';

/** Channels in the order in which they were met; equal ones in a row are one. @param most cut in the middle beyond so many */
export function Way({ channels, most = 8 }: { channels: readonly string[]; most?: number }) {
  const steps = channels.filter((channel, at) => channel !== channels[at - 1]);
  if (steps.length === 0) return <span className="dim">no touches</span>;
  const left = steps.length - most;
  const shown = left > 0 ? [...steps.slice(0, most - 2), null, ...steps.slice(-2)] : steps;
  return (
    <span className="way">
      {shown.map((channel, at) => (
        <Fragment key={at}>
          {at > 0 && (
            <span className="dim" aria-hidden>
              →
            </span>
          )}
          {channel === null ? (
            <span className="dim">{left} more</span>
          ) : (
            <span className={`way-step ${channelSide(channel)}`}>{channel || 'No channel'}</span>
          )}
        </Fragment>
      ))}
    </span>
  );
}
