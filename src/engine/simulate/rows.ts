import { secondsADay } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';

/** One file's bytes. They stay as they are until the next chunk of the same file has been handed on and more is asked for. */
export interface Chunk {
  readonly file: string;
  readonly bytes: Uint8Array;
}

const comma = 44;
const quote = 34;
const zero = 48;
const enough = 1 << 18;
/** Bytes of every word written so far, quoted where needed. */
const words = new Map<string, Uint8Array>();

/**
 * Writes CSV (RFC 4180, UTF-8, CRLF) straight into a byte buffer: no string is made per row, which is
 * what lets millions of rows stream. Call the value methods in column order, then `endRow`.
 */
export class RowWriter {
  private readonly decimals: number;
  private readonly unit: number;
  readonly file: string;
  rows = 0;
  private buffer = new Uint8Array(enough + (1 << 17));
  private other = new Uint8Array(enough + (1 << 17));
  private at = 0;
  private first = true;
  private cachedDay = -1;
  private readonly dayBytes = new Uint8Array(10);

  /** @param decimals of the currency that amounts are in */
  constructor(file: string, columns: readonly string[], decimals = 2) {
    this.file = file;
    this.decimals = decimals;
    this.unit = 10 ** decimals;
    for (const column of columns) this.text(column);
    this.endRow();
    this.rows = 0;
  }

  /** Whether enough is gathered to be worth handing on. */
  get isFull(): boolean {
    return this.at > enough;
  }

  /** What is gathered; the next value goes to the other of two buffers. */
  take(): Chunk {
    const bytes = this.buffer.subarray(0, this.at);
    const filled = this.buffer;
    this.buffer = this.other;
    this.other = filled;
    this.at = 0;
    return { file: this.file, bytes };
  }

  get isEmpty(): boolean {
    return this.at === 0;
  }

  endRow(): void {
    this.buffer[this.at++] = 13;
    this.buffer[this.at++] = 10;
    this.first = true;
    this.rows++;
    if (this.at > this.buffer.length - 16384) this.grow();
  }

  private grow(): void {
    const larger = new Uint8Array(this.buffer.length * 2);
    larger.set(this.buffer.subarray(0, this.at));
    this.buffer = larger;
  }

  private separate(): void {
    if (this.first) this.first = false;
    else this.buffer[this.at++] = comma;
  }

  blank(): void {
    this.separate();
  }

  /** One of a limited set of texts, whose bytes are kept. */
  word(value: string): void {
    this.separate();
    let bytes = words.get(value);
    if (!bytes) words.set(value, (bytes = this.encode(value)));
    const buffer = this.buffer;
    const at = this.at;
    for (let i = 0; i < bytes.length; i++) buffer[at + i] = bytes[i] as number;
    this.at = at + bytes.length;
  }

  private encode(value: string): Uint8Array {
    const start = this.at;
    this.first = true;
    this.text(value);
    const bytes = this.buffer.slice(start, this.at);
    this.at = start;
    return bytes;
  }

  text(value: string): void {
    this.separate();
    const start = this.at;
    const buffer = this.buffer;
    let at = start;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code < 128) {
        if (code === comma || code === quote || code === 13 || code === 10) {
          this.at = start;
          this.quoted(value);
          return;
        }
        buffer[at++] = code;
      } else if (code < 2048) {
        buffer[at++] = 192 | (code >> 6);
        buffer[at++] = 128 | (code & 63);
      } else {
        buffer[at++] = 224 | (code >> 12);
        buffer[at++] = 128 | ((code >> 6) & 63);
        buffer[at++] = 128 | (code & 63);
      }
    }
    this.at = at;
  }

  private quoted(value: string): void {
    const plain = value.replaceAll('"', '""');
    this.buffer[this.at++] = quote;
    const first = this.first;
    this.first = true;
    for (const part of plain.split(/([",\r\n])/)) {
      this.first = true;
      if (part.length === 1 && part.charCodeAt(0) < 128) this.buffer[this.at++] = part.charCodeAt(0);
      else this.text(part);
    }
    this.first = first;
    this.buffer[this.at++] = quote;
  }

  /** A prefix of two characters and a number, e.g. `L-1000017`; blank when the number is negative. */
  id(prefix: string, index: number): void {
    this.separate();
    if (index < 0) return;
    this.buffer[this.at++] = prefix.charCodeAt(0);
    this.buffer[this.at++] = 45;
    this.digits(1000001 + index);
  }

  integer(value: number): void {
    this.separate();
    this.digits(value);
  }

  private digits(value: number): void {
    let rest = Math.floor(value);
    let length = 1;
    for (let power = 10; power <= rest; power *= 10) length++;
    for (let i = this.at + length - 1; i >= this.at; i--) {
      const tenth = Math.floor(rest / 10);
      this.buffer[i] = zero + rest - tenth * 10;
      rest = tenth;
    }
    this.at += length;
  }

  /** Minor units (2 decimals) as plain decimal major units; negative allowed. */
  amount(minor: number): void {
    this.separate();
    if (minor < 0) this.buffer[this.at++] = 45;
    const size = Math.abs(minor);
    const whole = Math.floor(size / this.unit);
    this.digits(whole);
    if (this.decimals === 0) return;
    this.buffer[this.at++] = 46;
    for (let rest = size - whole * this.unit, place = this.unit / 10; place >= 1; place /= 10) {
      const digit = Math.floor(rest / place);
      this.buffer[this.at++] = zero + digit;
      rest -= digit * place;
    }
  }

  boolean(value: boolean): void {
    this.word(value ? 'true' : 'false');
  }

  /** A day; blank when 0. */
  day(day: number): void {
    this.separate();
    if (day !== 0) this.putDay(day);
  }

  /** Seconds since 1970 as `YYYY-MM-DDTHH:MM:SSZ`; blank when 0. */
  instant(instant: number): void {
    this.separate();
    if (instant === 0) return;
    const day = Math.floor(instant / secondsADay);
    const seconds = instant - day * secondsADay;
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) - hours * 60;
    this.putDay(day);
    this.buffer[this.at++] = 84;
    this.pair(hours);
    this.buffer[this.at++] = 58;
    this.pair(minutes);
    this.buffer[this.at++] = 58;
    this.pair(seconds - hours * 3600 - minutes * 60);
    this.buffer[this.at++] = 90;
  }

  private pair(value: number): void {
    const tens = Math.floor(value / 10);
    this.buffer[this.at++] = zero + tens;
    this.buffer[this.at++] = zero + value - tens * 10;
  }

  private putDay(day: number): void {
    if (day !== this.cachedDay) this.cacheDay(day);
    const bytes = this.dayBytes;
    const buffer = this.buffer;
    const at = this.at;
    for (let i = 0; i < 10; i++) buffer[at + i] = bytes[i] as number;
    this.at = at + 10;
  }

  private cacheDay(day: number): void {
    const { year, month, dayOfMonth } = civilOf(day);
    const text = String(year * 10000 + month * 100 + dayOfMonth);
    const shape = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
    for (let i = 0; i < 10; i++) this.dayBytes[i] = shape.charCodeAt(i);
    this.cachedDay = day;
  }
}
