/**
 * Reduced rank extrapolation (R. P. Eddy 1979, M. Mešina 1977; the same as GMRES begun anew each time): of three moments of
 * one iteration, the affine combination with the least mass under way, in the least-squares sense.
 */

/** Channels taken out side by side, each for itself; a power of two. */
export const lanes = 8;

/** What is booked, by lane. */
export interface Booked {
  readonly conversions: Float64Array;
  readonly values: Float64Array;
}

/** Masses under way (state × lanes + lane), and what the sweep before it booked. */
export interface Moment {
  readonly mass: Float64Array;
  readonly booked: Booked;
}

/**
 * Changes the last moment to last − a × (second − first) − b × (last − second), with a and b of each lane such that its squared
 * masses add up to the least; and what is booked in all likewise. Large factors make the masses' rounding errors large:
 * `doubt` keeps account of them by lane, as mass, and a lane that would have more than `mostDoubt` stays as it is. What sweeps
 * book is kept sweep by sweep, as the difference of two running totals would have an error that is not in proportion.
 */
export function extrapolate(first: Moment, second: Moment, last: Moment, total: Booked, doubt: Float64Array, mostDoubt: number): void {
  const { a, b } = trusted(leastSquares(first.mass, second.mass, last.mass), doubt, mostDoubt);
  for (const part of ['conversions', 'values'] as const)
    for (let lane = 0; lane < lanes; lane++)
      total[part][lane]! -= a[lane]! * second.booked[part][lane]! + b[lane]! * last.booked[part][lane]!;
  const [x, y, z] = [first.mass, second.mass, last.mass];
  for (let i = 0; i < z.length; i++) {
    const lane = i & (lanes - 1);
    z[i] = z[i]! - a[lane]! * (y[i]! - x[i]!) - b[lane]! * (z[i]! - y[i]!);
  }
}

interface Factors {
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Sum of |last|. */
  readonly mass: Float64Array;
}

/** Half a unit in the last place for each of the few operations on a mass. */
const rounding = 4e-16;

function trusted({ a, b, mass }: Factors, doubt: Float64Array, mostDoubt: number): Factors {
  for (let lane = 0; lane < lanes; lane++) {
    const more = rounding * (Math.abs(a[lane]!) + Math.abs(b[lane]!)) * mass[lane]!;
    if (doubt[lane]! + more <= mostDoubt) doubt[lane]! += more;
    else a[lane] = b[lane] = 0;
  }
  return { a, b, mass };
}

function leastSquares(first: Float64Array, second: Float64Array, last: Float64Array): Factors {
  const sums = (): Float64Array => new Float64Array(lanes);
  const [uu, uv, vv, uz, vz, mass] = [sums(), sums(), sums(), sums(), sums(), sums()];
  for (let i = 0; i < last.length; i++) {
    const lane = i & (lanes - 1);
    const z = last[i]!;
    const v = z - second[i]!;
    const u = second[i]! - first[i]!;
    uu[lane]! += u * u;
    uv[lane]! += u * v;
    vv[lane]! += v * v;
    uz[lane]! += u * z;
    vz[lane]! += v * z;
    mass[lane]! += Math.abs(z);
  }
  const [a, b] = [sums(), sums()];
  for (let lane = 0; lane < lanes; lane++) {
    const determinant = uu[lane]! * vv[lane]! - uv[lane]! * uv[lane]!;
    if (determinant > 1e-10 * uu[lane]! * vv[lane]!) {
      a[lane] = (uz[lane]! * vv[lane]! - vz[lane]! * uv[lane]!) / determinant;
      b[lane] = (vz[lane]! * uu[lane]! - uz[lane]! * uv[lane]!) / determinant;
    } else if (vv[lane]! > 0) b[lane] = vz[lane]! / vv[lane]!;
  }
  return { a, b, mass };
}
