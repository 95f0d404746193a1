import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { days, money, plural } from '#ui/formats.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { usePaths } from './asking.ts';
import { FlowSheet } from './FlowSheet.tsx';
import { LengthSheet } from './LengthSheet.tsx';
import { PathSheet } from './PathSheet.tsx';
import { type AttributionScope, periodQuery } from './scope.ts';

interface PathsProps {
  scope: AttributionScope;
  change(changes: Record<string, string | null>): void;
  search: Record<string, string>;
  open: OpenConversions;
}

/** Opens what stands behind a number. @param url as the server gave it */
export type OpenConversions = (url: string, about: string) => void;
export type FlowMeasure = 'value' | 'conversions';

/** Which ways lead to conversion, how long they are and how long they take. */
export function Paths({ scope, change, search, open }: PathsProps) {
  const steps = search['steps'] ?? '5';
  const limit = search['limit'] ?? '30';
  const paths = usePaths({ ...periodQuery(scope), steps, limit });
  return (
    <Answer of={paths} what="The paths" lines={12}>
      {(answer) => {
        const hasValue = answer.nodes.some(({ value }) => value !== '0');
        const measure: FlowMeasure = scope.measure === 'conversions' || !hasValue ? 'conversions' : 'value';
        if (answer.paths.length === 0)
          return (
            <Empty title="No conversion has a touch before it">
              <button
                type="button"
                className="as-link"
                onClick={() => open(answer.total.withoutTouchesUrl, 'Conversions without a touch in the look-back')}
              >
                {plural(answer.total.withoutTouches, 'conversion')}
              </button>{' '}
              of this period {answer.total.withoutTouches === 1 ? 'has' : 'have'} no touch in the look-back: nobody is credited.
            </Empty>
          );
        return (
          <div className="stack" style={{ opacity: paths.isPlaceholderData ? 0.6 : 1 }} aria-busy={paths.isPlaceholderData}>
            <p className="page-words">{pathWords(answer)}</p>
            <FlowSheet answer={answer} measure={measure} steps={steps} choose={(next) => change({ steps: next })} open={open} />
            <PathSheet answer={answer} measure={measure} more={() => change({ limit: '200' })} open={open} />
            <LengthSheet answer={answer} open={open} />
          </div>
        );
      }}
    </Answer>
  );
}

/** How most begin, the most frequent way where it is one that many go, and how long it takes. */
function pathWords({ paths, nodes, total, daysToConvert, currency }: PathsAnswer): string {
  const [most] = paths;
  const shareOf = (conversions: number): number => Math.round((conversions / Math.max(1, total.conversions)) * 100);
  const share = shareOf(most?.conversions ?? 0);
  const start = nodes.filter(({ step, kind }) => step === 0 && kind === 'channel').toSorted((a, b) => b.conversions - a.conversions)[0];
  const begin = start ? `${shareOf(start.conversions)} % of conversions begin with ${start.channel ?? 'no channel'}. ` : '';
  const way =
    !most || share < 10
      ? 'Hardly any two go the same way. '
      : `The most frequent way is ${most.channels.join(', then ')}: ${share} % of conversions, ${money(most.value, currency)}. `;
  const time = daysToConvert
    ? `Half convert within ${days(daysToConvert.median)} of the first touch, nine of ten within ${days(daysToConvert.p90)}.`
    : '';
  return begin + way + time;
}
