/** Invented people, companies and places, all as functions of a number, so nothing has to be remembered. */

export interface Name {
  readonly text: string;
  /** The name in plain lower-case letters, for addresses. */
  readonly slug: string;
}

const named = (list: string): Name[] => list.split(' ').map((text) => ({ text: text.replace('_', ' '), slug: slugOf(text) }));

const plainOf: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  å: 'a',
  ø: 'o',
  æ: 'ae',
  é: 'e',
  è: 'e',
  ê: 'e',
  ë: 'e',
  ï: 'i',
  í: 'i',
  ó: 'o',
  ô: 'o',
  ú: 'u',
  á: 'a',
  à: 'a',
  â: 'a',
  ã: 'a',
  ç: 'c',
  ñ: 'n',
  ł: 'l',
  ś: 's',
  ż: 'z',
  ź: 'z',
  ń: 'n',
  ć: 'c',
  ę: 'e',
  ą: 'a',
  č: 'c',
  š: 's',
  ž: 'z',
  ř: 'r',
  ě: 'e',
  ı: 'i',
  ğ: 'g',
  ş: 's',
  ő: 'o',
  _: '',
  "'": '',
};

/** Lower-case a–z and 0–9 only; no locale is asked. */
export function slugOf(text: string): string {
  let slug = '';
  for (const letter of text.toLowerCase())
    slug += plainOf[letter] ?? (/[a-z0-9]/.test(letter) ? letter : letter === ' ' || letter === '-' ? '-' : '');
  return slug;
}

const givenNames = named(
  'Anna Björn Chloé Daniela Elif Fiona Günther Hélène Ines Jürgen Katarzyna Lars Małgorzata Nuno Olga Pär Quentin Renée Søren Tereza Ursula Vítor Wiebke Yasmin Zofia Aisling Bogdan Carmen Dirk Élise Francesca Gaël Hanna Ignacio Jana Kwame Loïc Marta Niamh Oisín Paweł Rosa Sébastien Tomáš Ulla Valérie Wanda Xavier Yusuf Žana Amara Birgit Conor Dilan Emre Frida Goran Ilse Joana Levin',
);
const familyNames = named(
  'Ahlström Bauer Côté Dąbrowski Ekström Fernández Großmann Haugland İnce Janssen Kowalczyk Lefèvre Müllner Nørgaard Oliveira Pätzold Quinlan Rossetti Świątek Thorsen Umbach Vandermeer Wójtowicz Ximénez Yıldız Żukowski Almeida Brandstätter Castellano Dvořák Engström Fournier Gallagher Hämäläinen Ivarsson Jørgensen Krämer Lindqvist Moreau Novák Okonjo Pacheco Rasmussen Schönfeld Tanguy Ubeda Vasquez Weiß Öztürk Zeller Abara Beaumont Cavanagh Demir Eriksen Falk Grünwald Holloway Ibarra Kessler Marchetti',
);

export interface Person {
  given: Name;
  family: Name;
}

/** The n-th different name of `start`'s row of names: different for every n below the number of names there are. */
export function nameOf(start: number, n: number): Person {
  const total = givenNames.length * familyNames.length;
  const at = (start + n * 1637) % total;
  return { given: givenNames[at % givenNames.length] as Name, family: familyNames[Math.floor(at / givenNames.length)] as Name };
}

export const countOfNames = givenNames.length * familyNames.length;

const openings =
  'Vel Kas Bra Tor Lum Nor Dal Fen Gri Hol Jor Kel Mar Ost Pel Quo Ras Sel Tal Ulm Var Wes Yor Zan Alb Bre Cor Dru Ern Fal Gal Hav'.split(
    ' ',
  );
const middles = 'mo tri va lo ne ri sta do ba ke li pha ro si tu ven xa zo fi gan hel mi no pra'.split(' ');
const endings = 'ra dis nt lox via mar del gen sta ric von lin tis mund ber qua rel so tan vik wen xis yor zel'.split(' ');
const legalForms: Record<string, readonly string[]> = {
  Germany: ['GmbH', 'AG', 'GmbH & Co. KG'],
  France: ['SAS', 'SARL', 'SA'],
  'United Kingdom': ['Ltd', 'PLC', 'Ltd'],
  Netherlands: ['B.V.', 'N.V.', 'B.V.'],
  Spain: ['S.L.', 'S.A.', 'S.L.'],
  Sweden: ['AB', 'AB', 'AB'],
  'United States': ['Inc.', 'LLC', 'Corp.'],
};

/** The n-th invented company: a different stem for every n (two-part stems first, then longer ones). */
export function companyOf(n: number, trade: string, country: string): { name: string; domain: string } {
  const size = openings.length * middles.length * endings.length;
  const round = Math.floor(n / size);
  const at = ((n % size) * 7919 + 11) % size;
  let stem = (openings[at % openings.length] as string) + middles[Math.floor(at / openings.length) % middles.length];
  for (let rest = round; rest > 0; rest = Math.floor(rest / middles.length)) stem += middles[rest % middles.length];
  stem += endings[Math.floor(at / (openings.length * middles.length))];
  const forms = legalForms[country] as readonly string[];
  return { name: `${stem} ${trade} ${forms[at % forms.length]}`, domain: `${stem.toLowerCase()}-${slugOf(trade)}.example` };
}

export interface Country {
  readonly name: string;
  readonly share: number;
  readonly cities: readonly string[];
  /** Which team of account executives works it: 0 North, 1 South. */
  readonly region: 0 | 1;
}

export const countries: readonly Country[] = [
  { name: 'Germany', share: 32, cities: ['Berlin', 'München', 'Köln', 'Hamburg', 'Nürnberg', 'Düsseldorf'], region: 0 },
  { name: 'France', share: 22, cities: ['Paris', 'Lyon', 'Nîmes', 'Orléans', 'Saint-Étienne'], region: 1 },
  { name: 'United Kingdom', share: 20, cities: ['London', 'Leeds', 'Bristol', 'Cardiff'], region: 0 },
  { name: 'Netherlands', share: 8, cities: ['Utrecht', 'Rotterdam', '’s-Hertogenbosch'], region: 0 },
  { name: 'Spain', share: 8, cities: ['Madrid', 'Málaga', 'A Coruña'], region: 1 },
  { name: 'Sweden', share: 5, cities: ['Malmö', 'Göteborg', 'Umeå'], region: 0 },
  { name: 'United States', share: 5, cities: ['Columbus, OH', 'Austin, TX', 'Portland, ME'], region: 1 },
];

/**
 * Telephone numbers kept free for fiction by the regulators: ARCEP (France), Ofcom (United Kingdom),
 * Bundesnetzagentur (Germany), PTS (Sweden), NANPA (555-01xx). [first digits, digits that follow, pattern]
 */
const numberBlocks: Record<string, readonly (readonly [string, number])[]> = {
  France: [
    ['+33 1 99 00 ', 4],
    ['+33 2 61 91 ', 4],
    ['+33 3 53 01 ', 4],
    ['+33 4 65 71 ', 4],
    ['+33 5 36 49 ', 4],
  ],
  'United Kingdom': [
    ['+44 20 7946 0', 3],
    ['+44 113 496 0', 3],
    ['+44 114 496 0', 3],
    ['+44 115 496 0', 3],
    ['+44 116 496 0', 3],
    ['+44 117 496 0', 3],
    ['+44 118 496 0', 3],
    ['+44 121 496 0', 3],
    ['+44 131 496 0', 3],
    ['+44 141 496 0', 3],
    ['+44 151 496 0', 3],
    ['+44 161 496 0', 3],
    ['+44 191 498 0', 3],
    ['+44 28 9649 6', 3],
    ['+44 29 2018 0', 3],
  ],
  Germany: [
    ['+49 30 23125 ', 3],
    ['+49 69 90009 ', 3],
    ['+49 40 66969 ', 3],
    ['+49 221 4710 ', 3],
    ['+49 89 99998 ', 3],
  ],
  Sweden: [
    ['+46 8 465 004 ', 2],
    ['+46 31 390 06 ', 2],
    ['+46 40 628 04 ', 2],
  ],
  'United States': [
    ['+1 614 555 01', 2],
    ['+1 512 555 01', 2],
    ['+1 207 555 01', 2],
    ['+1 312 555 01', 2],
    ['+1 503 555 01', 2],
    ['+1 617 555 01', 2],
  ],
};

/** The n-th free number of a country, or '' where the fiction ranges have none left. Never the same twice. */
export function phoneOf(country: string, n: number): string {
  const blocks = numberBlocks[country];
  if (!blocks) return '';
  const block = blocks[n % blocks.length] as readonly [string, number];
  const size = block[1] === 4 ? 10000 : block[1] === 3 ? 1000 : 100;
  const at = Math.floor(n / blocks.length);
  if (at >= size) return '';
  const digits = String(size + ((at * 37 + 11) % size)).slice(1);
  return block[0] + (block[1] === 4 ? `${digits.slice(0, 2)} ${digits.slice(2)}` : digits);
}
