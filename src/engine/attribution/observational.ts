/** What an answer of a data-driven model can say and what it can't. Stands beside every such answer. */
export const observational =
  'Found from the journeys on record, not from an experiment. It says which channels go together with conversion along those journeys; ' +
  'it does not prove that a channel causes them. People who were about to buy anyway meet more channels, and what was never recorded gets ' +
  'no credit. To know what a channel causes, hold it back from some people at random and compare.';
