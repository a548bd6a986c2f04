import { fact, type PublishedFact } from './facts.js';

/** Units with an open class each, in which learners enrol one after the other: every fact changes a figure. */
export class Enrolments {
  private next = 0;
  private readonly rounds = new Map<string, number>();

  constructor(readonly units: readonly string[]) {}

  /** To be published first. */
  openings(): PublishedFact[] {
    const data = { class: 'steady', type: 'short-term', openedOn: '2024-01-02', form: 'in-service' };
    return this.units.map((unit) => fact('programmes', unit, 'ClassOpened', data));
  }

  /** The next unit's. */
  enrolment(): PublishedFact {
    return this.enrolmentOf(this.nextUnit());
  }

  /** So many of the next unit, as it sends what it has not sent for a while. */
  enrolments(count: number): PublishedFact[] {
    const unit = this.nextUnit();
    return Array.from({ length: count }, () => this.enrolmentOf(unit));
  }

  private nextUnit(): string {
    return this.units[this.next++ % this.units.length]!;
  }

  private enrolmentOf(unit: string): PublishedFact {
    const round = this.rounds.get(unit) ?? 0;
    this.rounds.set(unit, round + 1);
    const occurredOn = new Date(Date.UTC(2024, 0, 2 + (round % 360))).toISOString().slice(0, 10);
    return fact('programmes', unit, 'LearnersEnrolled', { class: 'steady', occurredOn, learners: { total: 1 } });
  }
}
