import { storeContract } from '../../test/store-contract.js';
import { MemoryStore } from './memory-store.js';

storeContract(() => Promise.resolve(new MemoryStore()));
