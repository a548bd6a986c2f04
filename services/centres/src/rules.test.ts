import { testEveryFact } from '@gdtx/testing/every-fact';
import { centresRules } from './rules.js';

testEveryFact('centres', centresRules);
