/**
 * A path into somebody's JSON, in a closed grammar: `contact.email`, `["first name"]`, `answers[0].text`, and
 * `fields[name=email].value`, the first element whose own text is that. Nothing of it is ever run.
 */

import { Refused } from '../values/outcome.ts';

export type PathStep = { readonly name: string } | { readonly place: number } | { readonly where: string; readonly is: string };

const mostSteps = 12;
const longest = 200;
const step =
  /^(?:\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,4})\]|\["((?:[^"\\]|\\["\\]){1,100})"\]|\[([\p{L}_$][\p{L}\p{N}_$-]*)=((?:[^\]\\]|\\[\]\\]){1,100})\])/u;

export function parsePath(text: string): PathStep[] | Refused {
  if (text.length > longest) return new Refused(`is longer than ${longest} characters`);
  const steps: PathStep[] = [];
  let rest = text.trim().replace(/^\$(?:\.|(?=\[)|$)/, '');
  while (rest !== '') {
    const found = step.exec(rest);
    const dotted = rest.startsWith('.');
    if (!found || (dotted && (steps.length === 0 || found[1] === undefined)) || (!dotted && found[1] !== undefined && steps.length > 0))
      return new Refused(`can’t be read from “${rest.slice(0, 20)}” on; a path looks like contact.email or fields[name=email].value`);
    steps.push(stepOf(found));
    rest = rest.slice(found[0].length);
  }
  if (steps.length === 0) return new Refused('is empty');
  return steps.length > mostSteps ? new Refused(`has more than ${mostSteps} steps`) : steps;
}

function stepOf([, name, place, quoted, where, is]: RegExpExecArray): PathStep {
  if (name !== undefined) return { name };
  if (place !== undefined) return { place: Number(place) };
  if (quoted !== undefined) return { name: quoted.replaceAll(/\\(["\\])/g, '$1') };
  return { where: where!, is: is!.replaceAll(/\\([\]\\])/g, '$1') };
}

/** What stands there; undefined where nothing does. Only what the JSON itself holds is looked at. */
export function readPath(value: unknown, steps: readonly PathStep[]): unknown {
  let at = value;
  for (const each of steps) {
    if (typeof at !== 'object' || at === null) return undefined;
    if ('name' in each) at = !Array.isArray(at) && Object.hasOwn(at, each.name) ? (at as Record<string, unknown>)[each.name] : undefined;
    else if (!Array.isArray(at)) return undefined;
    else at = 'place' in each ? at[each.place] : at.find((one: unknown) => holds(one, each.where, each.is));
  }
  return at;
}

function holds(element: unknown, name: string, text: string): boolean {
  if (typeof element !== 'object' || element === null || !Object.hasOwn(element, name)) return false;
  const value = (element as Record<string, unknown>)[name];
  return (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') && String(value) === text;
}

/** A value as a form field would have it: texts, numbers and yes or no; lists of such joined by commas. */
export function textAt(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const texts = value
    .slice(0, 50)
    .map(textAt)
    .filter((text) => text !== null);
  return texts.length > 0 ? texts.join(', ') : null;
}

/** Every path of a sample that holds a value, with the value: what one may map from. */
export function listPaths(value: unknown, most = 200): { path: string; value: string }[] {
  const found: { path: string; value: string }[] = [];
  walk(value, '', 0);
  return found;
  function walk(at: unknown, path: string, depth: number): void {
    if (found.length >= most || depth > mostSteps) return;
    if (typeof at !== 'object' || at === null) {
      const text = textAt(at);
      if (text !== null && path !== '' && path.length <= longest) found.push({ path, value: text.slice(0, 200) });
    } else if (Array.isArray(at))
      for (const [place, one] of at.slice(0, 50).entries()) walk(one, `${path}${elementStep(one, place)}`, depth + 1);
    else for (const [name, inner] of Object.entries(at)) walk(inner, path + nameStep(name, path === ''), depth + 1);
  }
}

/** By what names an element, so that another order of the same list still fits. */
function elementStep(element: unknown, place: number): string {
  for (const name of ['name', 'key', 'field', 'id', 'label', 'ref'])
    if (typeof element === 'object' && element !== null && Object.hasOwn(element, name)) {
      const value = (element as Record<string, unknown>)[name];
      if (typeof value === 'string' && value !== '' && value.length <= 60)
        return `[${name}=${value.replaceAll(/[\]\\]/g, String.raw`\$&`)}]`;
    }
  return `[${place}]`;
}

/** A first name that begins as the root does (`$`) is quoted. */
function nameStep(name: string, first: boolean): string {
  const plain = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) && !(first && name.startsWith('$'));
  return plain ? (first ? name : `.${name}`) : `["${name.replaceAll(/["\\]/g, String.raw`\$&`)}"]`;
}
