/**
 * Messages that machines send for people: they are never an attempt to reach a lead, whatever a definition says.
 * The words are what the usual mail programs write in front of a subject, in the languages of Europe.
 */

/** Whatever follows, nobody wrote these himself. */
const always = [
  // English
  'automatic reply',
  'automatic response',
  'automated reply',
  'automated response',
  'auto reply',
  'auto response',
  'autoreply',
  'autoresponse',
  'autoresponder',
  'out of office reply',
  'out of office autoreply',
  'out of office message',
  'vacation reply',
  'vacation response',
  'undeliverable',
  'undelivered mail',
  'mail delivery failed',
  'mail delivery failure',
  'mail delivery subsystem',
  'delivery status notification',
  'delivery has failed',
  'failure notice',
  'returned mail',
  // German
  'automatische antwort',
  'automatische ruckantwort',
  'automatische abwesenheit',
  'abwesenheitsnotiz',
  'abwesenheitsnachricht',
  'abwesenheitsmeldung',
  'abwesenheitsbenachrichtigung',
  'abwesenheitsassistent',
  'unzustellbar',
  'nicht zugestellt',
  // French
  'reponse automatique',
  'reponse d absence',
  'message d absence',
  'notification d absence',
  'absence du bureau',
  'absent du bureau',
  'non remis',
  'echec de la remise',
  // Spanish, Catalan, Galician
  'respuesta automatica',
  'respuesta de ausencia',
  'resposta automatica',
  'fuera de la oficina',
  'fuera de oficina',
  'fora de l oficina',
  'no se puede entregar',
  // Portuguese
  'ausencia do escritorio',
  'ausencia temporaria',
  'fora do escritorio',
  'nao e possivel entregar',
  // Italian
  'risposta automatica',
  'fuori sede',
  'fuori ufficio',
  'assenza dall ufficio',
  'messaggio di assenza',
  'non recapitabile',
  // Dutch
  'automatisch antwoord',
  'automatische beantwoording',
  'afwezigheidsbericht',
  'afwezigheidsmelding',
  'niet aanwezig',
  'onbestelbaar',
  // Swedish, Norwegian, Danish
  'autosvar',
  'automatiskt svar',
  'automatisk svar',
  'franvaromeddelande',
  'fravaersmelding',
  'fravaersbesked',
  'fravaersassistent',
  'ikke pa kontoret',
  'ikke til stede',
  'inte pa kontoret',
  'ikke levert',
  // Finnish, Estonian
  'automaattinen vastaus',
  'poissaoloilmoitus',
  'poissa toimistosta',
  'automaatvastus',
  'automaatne vastus',
  // Polish, Czech, Slovak
  'odpowiedz automatyczna',
  'automatyczna odpowiedz',
  'autoodpowiedz',
  'poza biurem',
  'automaticka odpoved',
  'mimo kancelar',
  'nepritomnost v kancelari',
  // Hungarian, Romanian
  'automatikus valasz',
  'hazon kivul',
  'raspuns automat',
  'in afara biroului',
  // Slovene, Croatian, Bosnian, Serbian
  'samodejni odgovor',
  'samodejno sporocilo',
  'automatski odgovor',
  'automatizirani odgovor',
  'аутоматски одговор',
  // Latvian, Lithuanian
  'automatiska atbilde',
  'automatinis atsakymas',
  // Greek
  'αυτοματη απαντηση',
  'εκτος γραφειου',
  // Bulgarian, Macedonian, Russian, Ukrainian, Belarusian
  'автоматичен отговор',
  'автоматски одговор',
  'автоматический ответ',
  'автоответ',
  'автоматична відповідь',
  'автовідповідь',
  'аутаматычны адказ',
  'вне офиса',
  // Turkish, Irish, Icelandic, Maltese, Albanian
  'otomatik yanit',
  'otomatik cevap',
  'ofis disinda',
  'freagra uathoibrioch',
  'sjalfvirkt svar',
  'risposta awtomatika',
  'pergjigje automatike',
].map(simplified);

/** Words that a person might begin a subject with as well: automatic when nothing, a mark, or until when follows. */
const alone = [
  'out of office',
  'out of the office',
  'ooo',
  'on vacation',
  'on annual leave',
  'on parental leave',
  'on maternity leave',
  'abwesend',
  'abwesenheit',
  'nicht im buro',
  'im urlaub',
  'absent',
  'absence',
  'absente',
  'ausente',
  'ausencia',
  'assente',
  'assenza',
  'afwezig',
  'afwezigheid',
  'franvaro',
  'fravaer',
  'poissa',
  'nieobecnosc',
  'nepritomnost',
  'odsoten',
  'odsutan',
  'отсутствие',
].map(simplified);

/** What replies, forwards and gateways put in front. */
const prefix = /^\s*(?:\[[^\]]{1,40}\]|(?:re|aw|antw|antwort|sv|vs|fw|fwd|wg|tr|rv|res|enc|odp|pd|ynt|ilt|vl|απ|σχετ|отв|на)\s*:)\s*/iu;

/** Whether a subject is that of an automatic message: out of office, automatic reply, could not be delivered. */
export function looksAutomatic(subject: string | null | undefined): boolean {
  if (!subject) return false;
  const words = simplified(withoutPrefixes(subject.slice(0, 300)));
  return always.some((phrase) => begins(words, phrase)) || alone.some((phrase) => words === phrase || standsAlone(words, phrase));
}

function withoutPrefixes(subject: string): string {
  let rest = subject;
  for (let times = 0; times < 5 && prefix.test(rest); times++) rest = rest.replace(prefix, '');
  return rest;
}

/** Small letters without accents; a mark that parts the subject is `|`, other marks are spaces. */
function simplified(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('ς', 'σ')
    .replace(/(?:[:|(!.–—]|\s-\s)+/g, ' | ')
    .replace(/[^\p{L}\p{N}|]+/gu, ' ')
    .trim();
}

const begins = (words: string, phrase: string): boolean => words === phrase || words.startsWith(`${phrase} `);

const untilWhen =
  /^(?:\||\d|(?:until|till|from|through|bis|ab|jusqu|hasta|desde|ate|fino|tot|saakka)(?: |$)|(?:vom|du|au|del|de|dal|van|fra|til|do|od|am) \d)/;
const standsAlone = (words: string, phrase: string): boolean =>
  words.startsWith(`${phrase} `) && untilWhen.test(words.slice(phrase.length + 1));
