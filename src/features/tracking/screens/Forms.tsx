import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Form } from '#features/tracking/contract/forms.ts';
import { patch } from '#ui/api/client.ts';
import { ago, count, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { FormEditor } from './FormEditor.tsx';
import { FormShare } from './FormShare.tsx';
import { askTrackingAgain, useForms, useSites, useWhyNotKeep } from './useTracking.ts';

/** Hosted forms: what each asks and brings; one is built beside its preview. */
export function Forms() {
  const [search] = useUrlSearch();
  const forms = useForms();
  const sites = useSites();
  return (
    <Answer of={forms} what="The forms">
      {({ items }) => (
        <Answer of={sites} what="The sites">
          {({ items: all }) => {
            const edited = items.find(({ id }) => id === search['form']) ?? null;
            if (edited || search['form'] === 'new') return <FormEditor key={edited?.id ?? 'new'} form={edited} sites={all} />;
            return <FormList items={items} />;
          }}
        </Answer>
      )}
    </Answer>
  );
}

function FormList({ items }: { items: readonly Form[] }) {
  const whyNot = useWhyNotKeep();
  const go = useGo();
  const add = (
    <Deed
      size="xs"
      leftSection={<IconPlus size={14} aria-hidden />}
      whyNot={whyNot}
      onClick={() => go(paths.tracking({ part: 'forms', form: 'new' }))}
    >
      Build a form
    </Deed>
  );
  if (items.length === 0)
    return (
      <Sheet title="Forms" actions={add}>
        <Empty title="No form yet">
          A form has an address of its own and works without a script: link it, or put it into your pages. What people send becomes a lead,
          with what brought them.
        </Empty>
      </Sheet>
    );
  return (
    <div className="stack">
      <Group justify="space-between">
        <span>{plural(items.filter(({ archivedAt }) => !archivedAt).length, 'form')} open</span>
        {add}
      </Group>
      {items.map((form) => (
        <FormSheet key={form.id} form={form} whyNot={whyNot} />
      ))}
    </div>
  );
}

function FormSheet({ form, whyNot }: { form: Form; whyNot: string | null }) {
  const go = useGo();
  const buttons = (
    <Group gap="xs">
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => go(paths.tracking({ part: 'forms', form: form.id }))}>
        Change…
      </Deed>
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => void archive(form)}>
        {form.archivedAt ? 'Open again' : 'Close'}
      </Deed>
    </Group>
  );
  return (
    <Sheet title={form.name} actions={buttons} padded>
      <p style={{ marginTop: 0 }} className="wrap-any">
        {form.submissions === 0 ? (
          'Nothing was sent yet'
        ) : (
          <>
            <Go href={paths.tracking({ part: 'submissions', source: form.id })}>{plural(form.submissions, 'submission')}</Go>
            {form.lastAt && `, the last ${ago(form.lastAt)}`}
          </>
        )}
        {form.failed > 0 && (
          <>
            , <Go href={paths.tracking({ part: 'submissions', source: form.id, state: 'failed' })}>{count(form.failed)} to mend</Go>
          </>
        )}
        {' · '}
        {[form.campaign?.name, form.site?.name, `version ${form.version}`].filter(Boolean).join(' · ')}
      </p>
      {form.archivedAt ? <div className="notice">Closed: its page says so.</div> : <FormShare form={form} />}
    </Sheet>
  );
}

async function archive(form: Form): Promise<void> {
  const set = (archived: boolean): Promise<void> => patch(`/tracking/forms/${form.id}`, { archived }).then(askTrackingAgain);
  await set(form.archivedAt === null).then(
    () => tellUndoable(form.archivedAt ? `${form.name} is open again.` : `${form.name} is closed.`, () => set(form.archivedAt !== null)),
    tellProblem,
  );
}
