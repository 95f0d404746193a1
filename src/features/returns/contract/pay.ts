/** Whose pay somebody sees: asked by the ledger, by figures that contain pay, and by incentives. */

const heads: readonly string[] = ['owner', 'admin', 'manager'];

/** Of which side this member sees pay (salaries, commissions). */
export interface PayVisible {
  readonly marketing: boolean;
  readonly sales: boolean;
}

/** The owner and the heads of leadership see both sides' pay, the heads of a side that of their side, nobody else any. */
export function payVisible(who: { readonly side: string; readonly role: string }): PayVisible {
  const head = heads.includes(who.role);
  const all = who.role === 'owner' || (head && who.side === 'leadership');
  return { marketing: all || (head && who.side === 'marketing'), sales: all || (head && who.side === 'sales') };
}
