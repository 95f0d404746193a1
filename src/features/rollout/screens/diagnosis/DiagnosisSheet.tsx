import { Group } from '@mantine/core';
import { useState } from 'react';
import type { Diagnosis, SideTold } from '#features/rollout/contract/diagnosis.ts';
import type { Side } from '#features/rollout/contract/pieces.ts';
import { useMe } from '#ui/api/session.ts';
import { day, dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useDiagnosis } from '../asking.ts';
import { DiagnosisTable } from './DiagnosisTable.tsx';
import { OpenDiagnosis } from './OpenDiagnosis.tsx';
import { SheetDialog } from './SheetDialog.tsx';

/** What both sides say, beside each other; and the two ways of asking them. */
export function DiagnosisSheet() {
  const diagnosis = useDiagnosis();
  return (
    <Sheet
      title="What both sides say"
      actions={
        <Explain label="What is told of whom">
          {(diagnosis.data?.rules ?? []).map((rule) => (
            <p key={rule}>{rule}</p>
          ))}
        </Explain>
      }
      padded
    >
      <Answer of={diagnosis} what="The diagnosis" lines={6}>
        {(known) => <Known diagnosis={known} />}
      </Answer>
    </Sheet>
  );
}

function Known({ diagnosis }: { diagnosis: Diagnosis }) {
  const told = diagnosis.sides.some(({ from }) => from !== null);
  return (
    <>
      {diagnosis.sentence && <p className="rollout-what wrap-any">{diagnosis.sentence}</p>}
      {diagnosis.open && <OpenNow open={diagnosis.open} />}
      {told ? (
        <DiagnosisTable diagnosis={diagnosis} />
      ) : (
        <p className="dim">Nothing is told yet. Ask everybody, or let each side fill in one sheet together.</p>
      )}
      <ul className="rollout-sides">
        {diagnosis.sides.map((side) => (
          <li key={side.side}>
            <SideMark side={side.side} /> <span className="wrap-any">{fromWords(side)}</span>
          </li>
        ))}
      </ul>
      <AskSides diagnosis={diagnosis} />
    </>
  );
}

const OpenNow = ({ open }: { open: NonNullable<Diagnosis['open']> }) => (
  <p className="notice">
    The ten sentences are open until {day(open.closesOn)}; what is said is told then.{' '}
    {open.answered ? 'You have answered.' : <Go href={paths.pulse()}>Answer them</Go>}
  </p>
);

function fromWords({ from, answers, by, at, note, whyNot }: SideTold): string {
  if (from === 'answers') return `${answers} people answered.`;
  if (from === null || !by) return whyNot ?? '';
  const who = by.ofSide ? by.name : `${by.name}, who is not of this side`;
  return `One sheet, written down by ${who}, ${dayOfInstant(at)}.${note ? ` “${note}”` : ''}`;
}

/** Ask everybody without names, or one open sheet a side. */
export function AskSides({ diagnosis: { can } }: { diagnosis: Diagnosis }) {
  const me = useMe();
  const [opening, setOpening] = useState(false);
  const [writing, setWriting] = useState<Side | null>(null);
  const own = me.member.side;
  const others = (['marketing', 'sales', 'leadership'] as const).filter((side) => side !== own);
  return (
    <Group gap={8} mt="sm" className="no-print">
      <Deed size="compact-sm" whyNot={can.open} onClick={() => setOpening(true)}>
        Ask everybody
      </Deed>
      {[own, ...others].map((side) => (
        <Deed key={side} size="compact-sm" variant="default" whyNot={can.sheet[side]} onClick={() => setWriting(side)}>
          Sheet of {side}
        </Deed>
      ))}
      {opening && <OpenDiagnosis onClose={() => setOpening(false)} />}
      {writing && <SheetDialog side={writing} onClose={() => setWriting(null)} />}
    </Group>
  );
}
