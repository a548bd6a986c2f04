import { lastDayOfMonth, monthAt, monthIndexOf, monthOf, type Day } from '@gdtx/territory/days';
import { dayNumber } from '../columns/level-events.js';
import { monthOfDay } from '../columns/month-of-day.js';

/**
 * The days on which levels are kept ready, by number: the last of each month, and today, which comes before the last day of its
 * own month. What happens on a day is part of the first point that isn't before it.
 */
export class Points {
  private readonly current: number;
  private readonly todayNumber: number;

  constructor(readonly today: Day) {
    this.current = monthIndexOf(monthOf(today));
    this.todayNumber = dayNumber(today);
  }

  /** The first point that isn't before a day. */
  from(day: Day): number {
    return monthIndexOf(monthOf(day)) + (day > this.today ? 1 : 0);
  }

  /** The same of a day as a number: days since 1970-01-01. */
  fromNumber(day: number): number {
    return monthOfDay(day) + (day > this.todayNumber ? 1 : 0);
  }

  /** The point that a day is; undefined: it is none. */
  at(day: Day): number | undefined {
    if (day === this.today) return this.current;
    return day === lastDayOfMonth(monthOf(day)) ? this.from(day) : undefined;
  }

  day(point: number): Day {
    if (point === this.current) return this.today;
    return lastDayOfMonth(monthAt(point < this.current ? point : point - 1));
  }

  /** The month that a point lies in. */
  month(point: number): number {
    return point <= this.current ? point : point - 1;
  }
}
