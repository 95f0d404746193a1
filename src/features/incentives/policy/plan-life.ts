/** What may be done with a plan as a whole, by its versions. */

/** Why no next version of a plan is made now. @param versions newest first */
export function whyNoNext(
  versions: readonly { readonly status: string; readonly number: number; readonly endedFrom: string | null }[],
): string | null {
  const open = versions.find(({ status }) => status === 'draft' || status === 'proposed');
  if (open) return `Version ${open.number} is still open: finish or withdraw it first.`;
  return versions[0]?.endedFrom ? `The plan ends on ${versions[0].endedFrom}.` : null;
}

/** @param versions of a plan, newest first */
export function whyNotEnd(versions: readonly { readonly status: string; readonly endedFrom: string | null }[]): string | null {
  if (versions[0]?.endedFrom) return `It ends on ${versions[0].endedFrom} already.`;
  return versions.some(({ status }) => status === 'signed') ? null : 'Nothing of it was signed: withdraw what is open.';
}
