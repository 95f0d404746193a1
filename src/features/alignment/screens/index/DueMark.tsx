import { dayOfInstant, today } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';

/** By when: a running clock where one looks at today, else the day it was due. */
export const DueMark = ({ dueAt, on }: { dueAt: string; on: string }) =>
  on === today() ? <ClockMark dueAt={dueAt} /> : <span className="dim">due {dayOfInstant(dueAt)}</span>;
