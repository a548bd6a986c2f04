export { isWithin } from './within.js';
