/** Every screen, with an address that shows something on it. Both languages and both sizes are tried of each. */
export const SCREENS: readonly [name: string, address: string][] = [
  ['today', '/'],
  ['map', '/map?indicator=community-centres&map=2025-06-30'],
  ['map-of-a-province', '/map?indicator=centres&unit=province-14&by=centre'],
  ['figure', '/figure?indicator=general-vocational-pupils&unit=gdtx-son-la&from=1900-01'],
  ['units', '/units?q=S%C6%A1n%20La'],
  ['unit', '/units/gdtx-son-la'],
  ['missing', '/there-is-no-such-page'],
];
