import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function RejectionsPage() {
  return (
    <Page title="Rejections">
      <Loading />
    </Page>
  );
}
