import type { Figure, Target, Told } from '../api/types.js';

/**
 * A number's share of a whole; null where one of the two was never reported, or the whole is 0. As precise as the less precise of
 * the two. Pure.
 */
export function shareOf(part: Told, whole: Told): Told {
  const { value: above } = part;
  const { value: below } = whole;
  const either = [part.precision, whole.precision];
  const precision = either.find((each) => each === 'about') ?? either.find((each) => each !== 'exact') ?? 'exact';
  return {
    value: above === null || !below ? null : above / below,
    precision,
    numerator: above,
    denominator: below,
    ...(part.simulated || whole.simulated ? { simulated: true } : {}),
    ...(part.estimated || whole.estimated ? { estimated: part.estimated ?? whole.estimated! } : {}),
  };
}

/**
 * Of a figure by category: that category's row with the target that was set for it, which the platform holds against no row; without a
 * category, the figure itself. A category that nobody reported is null.
 */
export function ofCategory(figure: Figure, category: string | undefined): Told {
  if (category === undefined) return figure;
  const row: Told = figure.rows.find(({ key }) => key === category) ?? { value: null, precision: 'exact' };
  const target = (figure.targets ?? []).find((each) => each.category === category && isComparable(each));
  if (!target) return row;
  return { ...row, target: target.value, met: row.value !== null && row.value >= target.value, targets: [target] };
}

const isComparable = (target: Target): boolean => target.met !== null;
