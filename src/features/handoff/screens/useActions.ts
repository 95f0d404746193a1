import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { move, useHandoff } from './useHandoff.ts';

/** Which dialog is open: what needs words before it is done. */
export type Asked = 'reject' | 'recycle' | 'disqualify' | 'qualify' | 'reassign' | 'touch';

/**
 * Does a verb on the chosen lead, or opens the dialog it needs. A verb that may not be done says why.
 * @param onMoved after a lead was decided on: the next one is shown
 */
export function useActions(leadId: string | null, ask: (what: Asked) => void, onMoved: () => void = () => {}): (verb: string) => void {
  const detail = useHandoff(leadId).data;
  return (verb) => {
    if (!leadId || !detail) return;
    if (verb === 'touch') return ask('touch');
    const known = detail.can.find((each) => each.verb === verb);
    if (!known?.may) return tellProblem(known?.whyNot ?? 'This can’t be done with this lead.', 'Not now');
    if (verb === 'accept' || verb === 'claim' || verb === 'restart') {
      const noun = { accept: 'acceptance', claim: 'claim', restart: 'restart' }[verb];
      const said = { accept: 'Accepted.', claim: 'It is yours.', restart: 'A new cycle has begun.' }[verb];
      move(leadId, noun, verb === 'restart' ? {} : { version: detail.version }).then(() => {
        tell(said);
        if (verb === 'accept') onMoved();
      }, tellProblem);
      return;
    }
    ask(verb as Asked);
  };
}
