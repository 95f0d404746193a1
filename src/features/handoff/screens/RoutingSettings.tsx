import { Loading } from '#ui/kit/States.tsx';

export function RoutingSettings() {
  return <Loading />;
}
