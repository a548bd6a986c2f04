import { lastDayOfMonth, monthAt, monthIndexOf, monthOf, sameDayLastYear, type Day } from '@gdtx/territory/days';
import { dayNumber } from '../columns/level-events.js';
import { monthOfDay } from '../columns/month-of-day.js';

/**
 * The days on which levels are kept ready, by number: the last of each month, today, and the same day last year, against which today is
 * held; these two come before the last day of their own months. What happens on a day is part of the first point that isn't before it.
 */
export class Points {
  private readonly lastYear: Day;
  private readonly lastYearNumber: number;
  private readonly todayNumber: number;
  private readonly known = new Map<Day, number>();
  private readonly days: Day[] = [];

  constructor(readonly today: Day) {
    this.lastYear = sameDayLastYear(today);
    this.lastYearNumber = dayNumber(this.lastYear);
    this.todayNumber = dayNumber(today);
  }

  /** The first point that isn't before a day. */
  from(day: Day): number {
    let point = this.known.get(day);
    if (point === undefined) {
      point = monthIndexOf(monthOf(day)) + (day > this.lastYear ? 1 : 0) + (day > this.today ? 1 : 0);
      this.known.set(day, point);
    }
    return point;
  }

  /** The same of a day as a number: days since 1970-01-01. */
  fromNumber(day: number): number {
    return monthOfDay(day) + (day > this.lastYearNumber ? 1 : 0) + (day > this.todayNumber ? 1 : 0);
  }

  /** The point that a day is; undefined: it is none. */
  at(day: Day): number | undefined {
    const isPoint = day === this.today || day === this.lastYear || day === lastDayOfMonth(monthOf(day));
    return isPoint ? this.from(day) : undefined;
  }

  day(point: number): Day {
    return (this.days[point] ??= this.dayOf(point));
  }

  private dayOf(point: number): Day {
    if (point === this.from(this.today)) return this.today;
    if (point === this.from(this.lastYear)) return this.lastYear;
    return lastDayOfMonth(monthAt(this.month(point)));
  }

  /** The month that a point lies in. */
  month(point: number): number {
    return point - (point > this.from(this.lastYear) ? 1 : 0) - (point > this.from(this.today) ? 1 : 0);
  }
}
