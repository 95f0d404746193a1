/** The groups that can be asked for: everybody, and every choice of at most two of side, team and standing. */

import { fewestTold } from './tellable.ts';

export interface Belonging {
  readonly side: string;
  readonly teams: readonly string[];
  readonly standing: string;
}

export interface Choice {
  readonly side: string | null;
  readonly teamId: string | null;
  readonly standing: string | null;
}

export interface Group extends Choice {
  /** Numbers of the respondents in it. */
  readonly people: readonly number[];
}

export const everybody: Choice = { side: null, teamId: null, standing: null };

/**
 * Every group that anybody is in, the most important first. Two sides that are large enough go before everybody: with a
 * third that is too small only they or everybody can be told, and a comparison says more than a sum. Else everybody
 * goes first. Among groups of a kind the larger goes before the smaller.
 */
export function groupsOf(respondents: readonly Belonging[], fewest = fewestTold): Group[] {
  const sides = distinct(respondents.map(({ side }) => side));
  const teams = distinct(respondents.flatMap((one) => one.teams));
  const standings = distinct(respondents.map(({ standing }) => standing));
  const ofSides = sides.map((side) => ({ ...everybody, side }));
  const comparable = ofSides.filter((choice) => peopleOf(respondents, choice).length >= fewest).length > 1;
  const choices: Choice[][] = [
    ...(comparable ? [ofSides, [everybody]] : [[everybody], ofSides]),
    standings.map((standing) => ({ ...everybody, standing })),
    teams.map((teamId) => ({ ...everybody, teamId })),
    sides.flatMap((side) => standings.map((standing) => ({ ...everybody, side, standing }))),
    sides.flatMap((side) => teams.map((teamId) => ({ ...everybody, side, teamId }))),
    teams.flatMap((teamId) => standings.map((standing) => ({ ...everybody, teamId, standing }))),
  ];
  return choices.flatMap((alike) =>
    alike
      .map((choice) => ({ ...choice, people: peopleOf(respondents, choice) }))
      .filter(({ people }) => people.length > 0)
      .sort((one, other) => other.people.length - one.people.length),
  );
}

export const isSameChoice = (one: Choice, other: Choice): boolean =>
  one.side === other.side && one.teamId === other.teamId && one.standing === other.standing;

const peopleOf = (respondents: readonly Belonging[], { side, teamId, standing }: Choice): number[] =>
  respondents.flatMap((one, person) =>
    (side === null || one.side === side) &&
    (teamId === null || one.teams.includes(teamId)) &&
    (standing === null || one.standing === standing)
      ? [person]
      : [],
  );

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
