import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function HandoffMatrixPage() {
  return (
    <Page title="Who hands to whom">
      <Loading />
    </Page>
  );
}
