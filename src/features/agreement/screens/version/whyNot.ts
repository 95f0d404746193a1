import { versionCan, type versionStates } from '../../contract.ts';

type State = (typeof versionStates)[number];
export type VersionDeed = keyof typeof versionCan;

const roleSays = 'Your role may read this and not change it.';

/** Why something can't be done with a version now; null when it can. The server has the last word. */
export function whyNot(deed: VersionDeed, status: State, may: boolean): string | null {
  const { from, otherwise } = versionCan[deed];
  if (!may) return roleSays;
  return (from as readonly State[]).includes(status) ? null : otherwise;
}
