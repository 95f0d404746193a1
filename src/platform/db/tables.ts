/** Until the generator runs: any table with any columns. */
export type Tables = Record<string, Record<string, unknown>>;
