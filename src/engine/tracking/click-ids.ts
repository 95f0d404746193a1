/** Parameters that ad platforms add to the addresses they lead to, and what each tells of the visit. */

export interface ClickKind {
  /** As `utm_source` would name it. */
  readonly source: string;
  /** As `utm_medium` would, where the parameter alone tells. */
  readonly medium: string;
  /** Whether it stands on paid clicks only: Facebook’s and Instagram’s stand on every link shared there. */
  readonly paid: boolean;
}

const paidBy = (source: string, medium = 'cpc'): ClickKind => ({ source, medium, paid: true });
const sharedOn = (source: string): ClickKind => ({ source, medium: 'social', paid: false });

/** In the order in which the first present counts: paid ones before those on any link. */
export const clickKinds: Readonly<Record<string, ClickKind>> = {
  gclid: paidBy('google'),
  gbraid: paidBy('google'),
  wbraid: paidBy('google'),
  dclid: paidBy('google', 'display'),
  msclkid: paidBy('bing'),
  li_fat_id: paidBy('linkedin'),
  ttclid: paidBy('tiktok'),
  twclid: paidBy('twitter'),
  rdt_cid: paidBy('reddit'),
  sccid: paidBy('snapchat'),
  qclid: paidBy('quora'),
  yclid: paidBy('yandex'),
  epik: sharedOn('pinterest'),
  igshid: sharedOn('instagram'),
  fbclid: sharedOn('facebook'),
};
