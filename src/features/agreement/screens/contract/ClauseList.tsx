import type { AgreementContent, Clause } from '#engine/agreement/clause.ts';
import { plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { useState } from 'react';
import type { AgreementTemplates } from '../../contract.ts';
import type { OwedSide } from '../asking.ts';
import { AddClause } from './AddClause.tsx';
import { ClauseEditor } from './ClauseEditor.tsx';
import { freeKey } from './clauseKeys.ts';
import type { ContentProblem } from './contentProblems.ts';

interface ClauseListProps {
  side: OwedSide;
  content: AgreementContent;
  suggested: AgreementTemplates['clauses'];
  problems: readonly ContentProblem[];
  onChange(made: (before: AgreementContent) => AgreementContent): void;
}

/** One side's half of the contract. One clause is open at a time: sixty of them stay readable. */
export function ClauseList({ side, content, suggested, problems, onChange }: ClauseListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const { clauses } = content;
  const own = clauses.filter((clause) => clause.side === side);
  const setClauses = (made: (before: readonly Clause[]) => readonly Clause[]): void =>
    onChange((before) => ({ ...before, clauses: made(before.clauses) }));
  const put = (clause: Clause): void => {
    setClauses((before) => [...before, clause]);
    setOpen(clause.key);
  };
  const remove = (clause: Clause): void => {
    const at = clauses.findIndex(({ key }) => key === clause.key);
    setClauses((before) => before.filter(({ key }) => key !== clause.key));
    tellUndoable(`“${clause.title}” removed.`, async () =>
      setClauses((before) => (before.some(({ key }) => key === clause.key) ? before : before.toSpliced(at, 0, clause))),
    );
  };
  return (
    <Sheet
      title={
        <>
          <SideMark side={side} /> owes
        </>
      }
      actions={<span className="dim">{plural(own.length, 'clause')}</span>}
    >
      <div className={`clause-list owes-${side}`}>
        {own.map((clause, at) => (
          <ClauseEditor
            key={clause.key}
            clause={clause}
            open={open === clause.key}
            problems={problems.filter((problem) => problem.clause === clauses.indexOf(clause))}
            why={suggested.find((each) => each.clause.key === clause.key && each.clause.metric.kind === clause.metric.kind)}
            onToggle={() => setOpen(open === clause.key ? null : clause.key)}
            onChange={(next) => setClauses((before) => before.map((each) => (each.key === clause.key ? next : each)))}
            onRemove={() => remove(clause)}
            onDuplicate={() =>
              put({ ...clause, key: freeKey(clause.title, keysOf(clauses)), title: `${clause.title}, again`.slice(0, 200) })
            }
            onMove={(step) => setClauses((before) => moved(before, clause.key, step))}
            first={at === 0}
            last={at === own.length - 1}
          />
        ))}
        {own.length === 0 && <p className="dim clause-none">Nothing is promised yet.</p>}
        <AddClause side={side} content={content} suggested={suggested} onAdd={put} />
      </div>
    </Sheet>
  );
}

const keysOf = (clauses: readonly Clause[]): Set<string> => new Set(clauses.map(({ key }) => key));

/** Past the neighbour of the same side, wherever those of the other side stand. */
function moved(clauses: readonly Clause[], key: string, step: 'up' | 'down'): readonly Clause[] {
  const at = clauses.findIndex((clause) => clause.key === key);
  const clause = clauses[at];
  const others = [...clauses.entries()].filter(([index, each]) => each.side === clause?.side && (step === 'up' ? index < at : index > at));
  const neighbour = step === 'up' ? others.at(-1) : others[0];
  return clause && neighbour ? clauses.with(at, neighbour[1]).with(neighbour[0], clause) : clauses;
}
