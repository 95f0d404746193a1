import { outside } from './tellable.ts';

/**
 * Where all people of an atom gave the lowest or all the highest score, their sum would tell what each of them gave. One
 * of them is counted as one step off the end, in every group that holds the atom, so that no sum can show it: a group
 * whose scores are all 5 reads like one in which somebody gave a 4.
 * @param scores of one question, by respondent
 * @returns the scores as they are summed
 */
export function blunt(scores: readonly number[], atomOf: readonly number[], ends: { lowest: number; highest: number }): number[] {
  const blunted = [...scores];
  const atoms = Map.groupBy(scores.keys(), (person) => atomOf[person]!);
  for (const [atom, people] of atoms) {
    const first = people[0];
    if (atom === outside || first === undefined) continue;
    if (people.every((person) => scores[person] === ends.highest)) blunted[first] = ends.highest - 1;
    if (people.every((person) => scores[person] === ends.lowest)) blunted[first] = ends.lowest + 1;
  }
  return blunted;
}
