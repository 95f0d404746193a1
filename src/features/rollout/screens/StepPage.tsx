import type { Path, PathStep } from '#features/rollout/contract/path.ts';
import { isStep, stepTable } from '#features/rollout/contract/step-table.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { usePath } from './asking.ts';
import { CharterSheet } from './charter/CharterSheet.tsx';
import { DiagnosisSheet } from './diagnosis/DiagnosisSheet.tsx';
import { Materials } from './material/Materials.tsx';
import { Needs } from './Needs.tsx';
import { PilotSheet } from './pilot/PilotSheet.tsx';
import { PlanSheet } from './PlanSheet.tsx';
import { StepMark } from './StepMark.tsx';
import './rollout.css';

/** One step: how its gate stands, why, who, how long, and the material to hold it with. */
export function StepPage() {
  const name = usePathParam('step');
  const path = usePath();
  if (name !== '' && !isStep(name))
    return (
      <Page title="Not found">
        <Empty title="There is no such step" action={<Go href={paths.rollout()}>Go to the whole way</Go>} />
      </Page>
    );
  const title = isStep(name) ? stepTable[name].title : 'Rollout';
  return (
    <Page
      title={title}
      heading={
        <>
          <div className="crumb">
            <Go href={paths.rollout()}>Rollout</Go>
          </div>
          {title}
        </>
      }
    >
      <Answer of={path} what="The step" lines={8}>
        {(known) => {
          const step = known.steps.find((each) => each.step === name);
          return step ? <Known step={step} path={known} /> : null;
        }}
      </Answer>
    </Page>
  );
}

function Known({ step, path }: { step: PathStep; path: Path }) {
  const { what, why, who, long } = stepTable[step.step];
  return (
    <div className="stack">
      <p className="rollout-first">{what}</p>
      <div className="rollout-step">
        <div className="stack">
          <Sheet title={`Gate ${step.number} of ${path.steps.length}`} actions={<StepMark step={step} />} padded>
            <p className="rollout-what">{standing(step)}</p>
            <Needs needs={step.needs} />
          </Sheet>
          {step.step === 'sponsor' && <CharterSheet />}
          {step.step === 'diagnosis' && <DiagnosisSheet />}
          {step.step === 'pilot' && <PilotSheet />}
          <Materials material={stepTable[step.step].material} step={step.step} />
        </div>
        <div className="stack">
          <Sheet title="Why, who, how long" padded>
            <p style={{ marginTop: 0 }}>{why}</p>
            <dl className="rollout-facts">
              <dt>Who</dt>
              <dd>{who}</dd>
              <dt>How long</dt>
              <dd>{long}</dd>
            </dl>
          </Sheet>
          <PlanSheet step={step} whyNot={path.can.plan} />
          <Passages step={step} />
          <Neighbours step={step} path={path} />
        </div>
      </div>
    </div>
  );
}

function standing({ state, needs }: PathStep): string {
  return state === 'through' ? 'The gate is met.' : `${needs.filter(({ met }) => met).length} of ${needs.length} are met.`;
}

/** When the gate was met, and lost. */
function Passages({ step }: { step: PathStep }) {
  if (step.passages.length === 0) return null;
  return (
    <Sheet title="How it stood" padded>
      <ol className="rollout-passages">
        {step.passages.map(({ state, sentence, at }) => (
          <li key={at}>
            <StepMark step={{ state, lostAt: null, overdue: false }} /> <span className="dim small-print">{instant(at)}</span>
            <div className="wrap-any">{sentence}</div>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

function Neighbours({ step: { number }, path: { steps } }: { step: PathStep; path: Path }) {
  const [before, after] = [steps[number - 2], steps[number]];
  return (
    <nav className="rollout-neighbours no-print" aria-label="Steps beside this one">
      {before && <Go href={paths.rolloutStep(before.step)}>← {stepTable[before.step].title}</Go>}
      {after && <Go href={paths.rolloutStep(after.step)}>{stepTable[after.step].title} →</Go>}
    </nav>
  );
}
