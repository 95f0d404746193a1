export const kindWords: Readonly<Record<string, string>> = {
  outage: 'Outage',
  wrongRouting: 'Wrong routing',
  leave: 'Leave',
  overVolume: 'Beyond the volume agreed',
  other: 'Something else',
};
