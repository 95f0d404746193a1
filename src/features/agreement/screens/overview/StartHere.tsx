import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRights } from '#ui/api/session.ts';
import { plural } from '#ui/formats.ts';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { owedSides, type Summary } from '../asking.ts';
import { useTemplates } from '../definition/useStart.ts';
import { useSigners } from './useSigners.ts';

/** Without these two nothing can be measured: what is passed, and what counts as trying. */
const needed = ['mql', 'attempt'];

/** Nothing is in force: three steps, each with what is done of it. */
export function StartHere({ summary }: { summary: Summary }) {
  const may = useRights().may('agreement.propose');
  const templates = useTemplates(may);
  const go = useGo();
  const words = summary.terms.filter(({ key }) => needed.includes(key));
  const contract = summary.versions.find(({ status }) => status === 'proposed' || status === 'draft' || status === 'signed');
  const clauses = templates.data?.clauses ?? [];
  const own = clauses.filter(({ from }) => from === 'own').length;
  return (
    <section aria-label="How to begin">
      <p className="start-lead">
        Nothing is agreed yet. An agreement takes three steps and about an hour with both heads in one room; each step has a draft to begin
        with.
      </p>
      <ol className="start-steps">
        <Step number={1} title="Words" done={words.every(({ inForce }) => inForce)}>
          <p>What is a lead that marketing may pass, and what counts as trying to reach it? Until both mean the same, no number helps.</p>
          {words.map((term) => (
            <WordStep key={term.key} term={term} may={may} />
          ))}
        </Step>
        <Step number={2} title="Promises" done={contract?.status === 'proposed' || contract?.status === 'signed'}>
          <p>What does each side owe the other: how many leads, how complete, how soon called, how often?</p>
          <p className="dim">
            {clauses.length > 0
              ? `${plural(clauses.length, 'clause')} are ready from good practice${own ? `, ${own} with your own numbers` : ''}. Change what you like.`
              : 'Clauses are ready from good practice. Change what you like.'}
          </p>
          {may && (
            <Button onClick={() => go(contract ? paths.contract(contract.id) : paths.contract('new', { from: 'template' }))}>
              {contract ? 'Go on with the contract' : 'Draft the contract'}
            </Button>
          )}
        </Step>
        <Step number={3} title="Sign" done={false}>
          <p>Both heads sign the same words. From that day each lead has its clocks, and each side sees how it keeps its half.</p>
          <WhoSigns />
        </Step>
      </ol>
    </section>
  );
}

function Step({ number, title, done, children }: { number: number; title: string; done: boolean; children: ReactNode }) {
  return (
    <li className="sheet start-step">
      <h2>
        <span className="start-number">{done ? <IconCircleCheck size={22} className="good" aria-label="done" /> : number}</span> {title}
      </h2>
      {children}
    </li>
  );
}

function WordStep({ term, may }: { term: Summary['terms'][number]; may: boolean }) {
  const [open] = term.open;
  const state = term.inForce ? 'agreed' : open ? (open.status === 'proposed' ? 'waits for signatures' : 'drafted') : 'not written yet';
  const href = paths.definition(term.key, open ? { version: open.id } : term.inForce || !may ? {} : { edit: 'template' });
  return (
    <p className="start-word">
      <Go href={href}>{open || term.inForce || !may ? term.name : `Write down ${term.name}`}</Go> <span className="dim">{state}</span>
    </p>
  );
}

/** Whether somebody of each side can sign: better found out now than at the end. */
function WhoSigns() {
  const { of } = useSigners();
  if (!of) return null;
  return (
    <ul className="start-heads">
      {owedSides.map((side) => (
        <li key={side} className={`owes-${side}`}>
          For {side}:{' '}
          {of[side].length > 0 ? (
            of[side].map(({ name }) => name).join(', ')
          ) : (
            <>
              nobody yet. <Go href={paths.settings('members')}>Invite its head</Go>, or leadership signs on its behalf.
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
