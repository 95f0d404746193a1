/** A host name in ASCII (RFC 3492), so that "münchen.de" and "xn--mnchen-3ya.de" are one. */

/** Lower case, NFKC, each label with other letters encoded. */
export function asciiHost(host: string): string {
  const name = host
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3002\uff0e\uff61]/g, '.');
  return isAscii(name) ? name : name.split('.').map(asciiLabel).join('.');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);
const asciiLabel = (label: string): string =>
  isAscii(label) ? label : `xn--${encode([...label].map((letter) => letter.codePointAt(0) ?? 0))}`;

/** Section 6.3 of the RFC, with its own names for the quantities. */
function encode(points: number[]): string {
  const basic = points.filter((point) => point < 128);
  let out = String.fromCharCode(...basic) + (basic.length > 0 ? '-' : '');
  let [n, delta, bias, handled] = [128, 0, 72, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta++;
      if (point !== n) continue;
      out += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return out;
}

function variableLength(delta: number, bias: number): string {
  let [rest, out] = [delta, ''];
  for (let k = 36; ; k += 36) {
    const threshold = Math.max(1, Math.min(26, k - bias));
    if (rest < threshold) return out + digit(rest);
    out += digit(threshold + ((rest - threshold) % (36 - threshold)));
    rest = Math.floor((rest - threshold) / (36 - threshold));
  }
}

const digit = (value: number): string => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(value);

function adapt(delta: number, length: number, first: boolean): number {
  let value = first ? Math.floor(delta / 700) : Math.floor(delta / 2);
  value += Math.floor(value / length);
  let k = 0;
  while (value > 455) {
    value = Math.floor(value / 35);
    k += 36;
  }
  return k + Math.floor((36 * value) / (value + 38));
}
