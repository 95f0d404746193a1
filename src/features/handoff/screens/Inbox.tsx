import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function Inbox() {
  return (
    <Page title="Inbox">
      <Loading />
    </Page>
  );
}
