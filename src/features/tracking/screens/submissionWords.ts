export const stateWords = { waiting: 'Being taken up', taken: 'Taken', failed: 'To mend' } as const;
