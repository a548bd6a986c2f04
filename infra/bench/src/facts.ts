import { randomUUID } from 'node:crypto';

/** A CloudEvent as a publisher sends it. */
export interface PublishedFact {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  data: object;
}

/** What a unit says of its classes, for ever: each class is opened, filled, counted and completed in ten facts. */
export class ClassFacts {
  private classes = 0;
  private waiting: PublishedFact[] = [];

  constructor(readonly unit: string) {}

  next(): PublishedFact {
    if (this.waiting.length === 0) this.waiting = this.aClass().reverse();
    return this.waiting.pop()!;
  }

  take(count: number): PublishedFact[] {
    return Array.from({ length: count }, () => this.next());
  }

  private aClass(): PublishedFact[] {
    const id = `c${(this.classes += 1)}-${randomUUID().slice(0, 8)}`;
    const in2024 = (day: string) => ({ class: id, occurredOn: `2024-${day}` });
    const enrolled = (day: string, total: number) =>
      this.fact('LearnersEnrolled', { ...in2024(day), learners: { total, female: Math.floor(total / 2) } });
    const left = (day: string, total: number) =>
      this.fact('LearnersLeft', { ...in2024(day), reason: 'transferred', learners: { total, female: 0 } });
    return [
      this.fact('ClassOpened', { class: id, type: 'short-term', openedOn: '2024-09-05', form: 'in-service' }),
      enrolled('09-05', 24),
      enrolled('09-06', 8),
      enrolled('09-09', 4),
      enrolled('09-16', 2),
      left('10-07', 2),
      this.fact('HeadcountReported', { class: id, reportedOn: '2024-10-15', learners: { total: 36, female: 19 } }),
      left('11-04', 1),
      enrolled('11-11', 1),
      this.fact('ClassCompleted', { class: id, completedOn: '2024-12-20', completed: { total: 36, female: 19 } }),
    ];
  }

  private fact(name: string, data: object): PublishedFact {
    return fact('programmes', this.unit, name, data);
  }
}

export function fact(service: string, unit: string, name: string, data: object): PublishedFact {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: `urn:gdtx:unit:${unit}`,
    type: `vn.gdtx.${service}.${name}.v1`,
    time: '2024-12-31T01:00:00Z',
    data,
  };
}
