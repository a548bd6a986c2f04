import express from 'express';
import { Kafka, Partitioners } from 'kafkajs';
import mongoose from 'mongoose';

/**
 * The usual way to take facts in: an Express server that creates a document with mongoose and sends a message with kafkajs, a
 * fact at a time, and answers when both are done. As durable as ours (majority and journal; all in-sync replicas), and with none
 * of the rest: it checks nothing, numbers nothing, and a crash between the two loses the message.
 */
const { MONGODB_URI = '', KAFKA_BROKERS = '', TOPIC = '', PORT = '0' } = process.env;

await mongoose.connect(MONGODB_URI);
const factSchema = new mongoose.Schema(
  { _id: String, source: String, type: String, time: Date, data: mongoose.Schema.Types.Mixed },
  { writeConcern: { w: 'majority', j: true } },
);
const Fact = mongoose.model('Fact', factSchema);
await Fact.init();

const producer = new Kafka({ clientId: 'usual-way', brokers: KAFKA_BROKERS.split(',') }).producer({
  createPartitioner: Partitioners.DefaultPartitioner,
});
await producer.connect();

const app = express();
app.use(express.json());
app.post('/facts', async (req, res) => {
  const { id, source, type, time, data } = req.body;
  await Fact.create({ _id: id, source, type, time, data });
  await producer.send({ topic: TOPIC, acks: -1, messages: [{ key: source, value: JSON.stringify(req.body) }] });
  res.status(201).json({ id });
});
const server = app.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

process.once('SIGTERM', async () => {
  server.close();
  await producer.disconnect();
  await mongoose.disconnect();
  process.exit(0);
});
