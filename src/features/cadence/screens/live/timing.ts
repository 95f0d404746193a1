/** Seconds as a clock shows them: `4:07`, `1:02:30`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number): string => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

interface TimerReading {
  /** `3:20 left`, `1:05 over`. */
  readonly words: string;
  readonly look: 'calm' | 'soon' | 'over';
  /** Of the minutes there are, 0 to 1. */
  readonly share: number;
}

/** How an item stands against its minutes. Its last fifth is told, and what goes beyond. */
export function timerReading(spentSeconds: number, minutes: number): TimerReading {
  const all = minutes * 60;
  const left = all - Math.floor(spentSeconds);
  if (left < 0) return { words: `${clockText(-left)} over`, look: 'over', share: 1 };
  return {
    words: `${clockText(left)} left`,
    look: left <= all / 5 ? 'soon' : 'calm',
    share: all === 0 ? 1 : Math.min(1, spentSeconds / all),
  };
}
