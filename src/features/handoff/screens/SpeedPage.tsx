import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function SpeedPage() {
  return (
    <Page title="Speed to lead">
      <Loading />
    </Page>
  );
}
