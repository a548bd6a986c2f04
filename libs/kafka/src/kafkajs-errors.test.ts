import { expect, test } from '@jest/globals';
import { endsMembership, mayPass } from './kafkajs-errors.js';

function named(name: string, cause?: Error): Error {
  return Object.assign(new Error(name, { cause }), { name });
}

test('what restarting brokers cause may pass, also as the cause of another error', () => {
  expect(mayPass(named('KafkaJSGroupCoordinatorNotFound'))).toBe(true);
  expect(
    mayPass(
      named('KafkaJSNonRetriableError', named('KafkaJSNumberOfRetriesExceeded', named('KafkaJSConnectionError'))),
    ),
  ).toBe(true);
});

test('what is wrong for good does not pass', () => {
  expect(mayPass(named('KafkaJSNonRetriableError', named('TypeError')))).toBe(false);
  expect(mayPass(Object.assign(named('KafkaJSProtocolError'), { type: 'INVALID_SESSION_TIMEOUT' }))).toBe(false);
  expect(mayPass(undefined)).toBe(false);
});

test('the errors that end a membership are known by their type', () => {
  expect(endsMembership({ type: 'UNKNOWN_MEMBER_ID' })).toBe(true);
  expect(endsMembership({ type: 'COORDINATOR_LOAD_IN_PROGRESS' })).toBe(false);
  expect(endsMembership(undefined)).toBe(false);
});
