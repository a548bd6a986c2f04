/** Every screen, with an address that shows something on it. Both languages and both sizes are tried of each. */
export const SCREENS: readonly [name: string, address: string][] = [
  ['today', '/'],
  ['today-of-a-province', '/?unit=province-14'],
  ['map', '/map?indicator=centres'],
  ['map-of-63', '/map?indicator=community-centres&map=2025-06-30'],
  ['map-of-a-province', '/map?indicator=community-centres&unit=province-14&by=centre'],
  ['figure', '/figure?indicator=general-vocational-pupils&unit=gdtx-son-la&from=1900-01'],
  ['figure-of-the-nation', '/figure?indicator=centres'],
  ['missing', '/there-is-no-such-page'],
];
