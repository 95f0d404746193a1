import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function DefinitionPage() {
  return (
    <Page title="Definition">
      <Loading />
    </Page>
  );
}
