import { Button, Group, Progress, Stepper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { remove } from '#ui/api/client.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useRights } from '#ui/api/session.ts';
import { bytes, instant, plural } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { isRunning, useImport, type ImportRun } from './importTypes.ts';
import { MappingStep } from './MappingStep.tsx';
import { ResultStep } from './ResultStep.tsx';
import { RunProgress } from './RunProgress.tsx';
import { UndoImport } from './UndoImport.tsx';

/** One import from its files to its result: the state says at which step it is. */
export function ImportScreen() {
  const id = usePathParam('id');
  const run = useImport(id);
  const number = run.data ? `Import #${run.data.number}` : 'Import';
  return (
    <Page title={number}>
      <Answer of={run} what="The import" lines={8}>
        {(known) => <Steps run={known} />}
      </Answer>
    </Page>
  );
}

type Step = 'map' | 'check' | 'running' | 'result';
const order: readonly Step[] = ['map', 'check', 'running', 'result'];

function stepOf(run: ImportRun): Step {
  if (isRunning(run.status)) return run.dryRun ? 'check' : 'running';
  if (run.status === 'done' || run.status === 'undone') return 'result';
  return run.result && run.status === 'uploaded' ? 'check' : 'map';
}

function Steps({ run }: { run: ImportRun }) {
  const rights = useRights();
  const go = useGo();
  const client = useQueryClient();
  const [search, change] = useUrlSearch();
  const reached = stepOf(run);
  const step = search['step'] === 'map' && reached === 'check' && !isRunning(run.status) ? 'map' : reached;
  useEffect(() => {
    if (run.status === 'done' || run.status === 'undone') void refreshRecords();
  }, [run.status]);
  const discard = (): Promise<void> =>
    remove(`/imports/${run.id}`).then(() => {
      void client.invalidateQueries({ queryKey: ['imports'] });
      go(paths.imports());
    }, tellProblem);
  const sayFiles =
    run.files.length <= 3
      ? run.files.map(({ name, bytes: size }) => `${name} (${bytes(size)})`).join(', ')
      : `${plural(run.files.length, 'file')}, ${bytes(run.files.reduce((sum, { bytes: size }) => sum + size, 0))}`;
  return (
    <>
      <Group mb="md" gap="sm">
        <Text c="dimmed" className="wrap-any" style={{ flex: 1, minWidth: 200 }}>
          {[sayFiles || run.source, run.memberName && `by ${run.memberName}`, instant(run.createdAt)].filter(Boolean).join(' · ')}
        </Text>
        {rights.import && run.status === 'done' && <UndoImport run={run} />}
        {rights.import && (run.status === 'uploaded' || run.status === 'failed') && (
          <Button size="compact-sm" variant="default" onClick={() => void discard()}>
            Discard
          </Button>
        )}
      </Group>
      <Stepper active={order.indexOf(step)} size="sm" mb="lg" allowNextStepsSelect={false} className="desk-only">
        <Stepper.Step label="Columns" description="what each one means" />
        <Stepper.Step label="Try" description="what would happen" />
        <Stepper.Step label="Run" description="write it" />
        <Stepper.Step label="Result" description="and what to mend" />
      </Stepper>
      {run.status === 'failed' && (
        <div className="notice bad" role="alert" style={{ marginBottom: 16 }}>
          {run.error ?? 'It failed.'} Nothing of it was kept.
        </div>
      )}
      {run.status === 'done' && run.error && (
        <div className="notice warn" role="status" style={{ marginBottom: 16 }}>
          {run.error}
        </div>
      )}
      {run.status === 'undone' && (
        <div className="notice" style={{ marginBottom: 16 }}>
          This import was taken back{run.undoneAt ? ` on ${instant(run.undoneAt)}` : ''}. What follows is what it had done.
        </div>
      )}
      {isRunning(run.status) && <RunProgress run={run} />}
      {!isRunning(run.status) && step === 'map' && <MappingStep key={run.id} run={run} onChecked={() => change({ step: null })} />}
      {!isRunning(run.status) && (step === 'check' || step === 'result') && <ResultStep run={run} onBack={() => change({ step: 'map' })} />}
      {!run.recognition && run.status === 'uploaded' && !run.mapping && (
        <Sheet padded>
          <Text>Reading the files…</Text>
          <Progress value={100} animated mt="sm" aria-label="Reading" />
        </Sheet>
      )}
    </>
  );
}
