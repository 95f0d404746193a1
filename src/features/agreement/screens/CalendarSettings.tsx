import { Loading } from '#ui/kit/States.tsx';

export function CalendarSettings() {
  return <Loading />;
}
