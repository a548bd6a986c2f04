import { fillReadModel } from '../data/read-model.js';
import { environment, say } from './program.js';

/** The dashboard's projector on an empty database, until everything is folded and stored. */
const { brokers, topicPrefix, mongodbUri } = environment();
const { taken, seconds } = await fillReadModel({ brokers, topicPrefix, mongodbUri });
say(taken, seconds);
