/** What reading a value gives besides the value: a refusal, or a value with something worth saying. */

/** The text can't be read; `reason` says why and what would be fine. */
export class Refused {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The text was read, and a person should know how. */
export class Noted<T> {
  readonly value: T;
  readonly reason: string;
  constructor(value: T, reason: string) {
    this.value = value;
    this.reason = reason;
  }
}
