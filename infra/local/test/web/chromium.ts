export { installedChromium } from '@gdtx/testing/chromium';
