/** A mind answered what the question does not allow. Our own minds never do; outside ones are checked before. */
export class InvalidAnswer extends Error {
  readonly code = 'INVALID_ANSWER';

  constructor(message: string) {
    super(message);
    this.name = 'InvalidAnswer';
  }
}
