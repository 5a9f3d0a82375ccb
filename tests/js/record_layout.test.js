// js/core/record_layout.js mirrors what C++ fixes: both are read here.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

import * as layout from '../../js/core/record_layout.js';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const record = read('src/event_record.h');
const connection = read('src/connection.h');
const exported = read('wasm/exports.cpp');

/**
 * @param {string} source
 * @param {RegExp} pattern
 */
function found(source, pattern) {
  const match = pattern.exec(source);
  if (!match) throw new Error(`nothing like ${pattern}`);
  return match[1];
}

/** @param {string} name */
const constant = (name) => found(record + connection, new RegExp(`\\b${name} = ([^;,]+)[;,]`));

test.each([
  ['NOTHING', 'kNothing'],
  ['FETCH', 'kFetch'],
  ['FETCH_WITHOUT_ID', 'kFetchWithoutId'],
  ['ANNOUNCE', 'kAnnounce'],
  ['FAIL', 'kFail'],
  ['PROBE', 'kProbe'],
  ['MAX_RECORDS', 'kMaxRecords'],
  ['STATUS_DONE', 'kDone'],
  ['STATUS_TOO_LARGE', 'kTooLarge'],
  ['STATUS_NO_MEMORY', 'kNoMemory'],
  ['DEFAULT_EVENT_BYTES', 'kDefaultEventBytes'],
  ['MAX_EVENT_BYTES', 'kMaxEventBytes'],
])('%s is %s', (ours, theirs) => {
  expect(/** @type {any} */ (layout)[ours]).toBe(Number(constant(theirs)));
});

test.each(['kNoEvent', 'kIdUnchanged'])('NONE is %s, read as a signed number', (theirs) => {
  expect(layout.NONE).toBe(Number(constant(theirs)) | 0);
});

test('STAGING_BYTES is kStagingBytes', () => {
  expect(constant('kStagingBytes')).toBe('64 * 1024');
  expect(layout.STAGING_BYTES).toBe(64 * 1024);
});

test.each([
  ['CONSUMED', 'ChunkOutput', 'consumed'],
  ['TEXT_BYTES', 'ChunkOutput', 'text_bytes'],
  ['TEXT', 'ChunkOutput', 'text'],
  ['RECORDS', 'ChunkOutput', 'records'],
  ['STAGED', 'Exchange', 'staged'],
  ['DATA_LENGTH', 'EventRecord', 'data_length'],
  ['DATA_LINES', 'EventRecord', 'data_lines'],
  ['TYPE_LENGTH', 'EventRecord', 'type_length'],
  ['ID_LENGTH', 'EventRecord', 'id_length'],
])('%s is where %s has its %s', (ours, struct, field) => {
  const pattern = new RegExp(`offsetof\\(${struct}, ${field}\\) == (\\d+)`);
  expect(/** @type {any} */ (layout)[ours] * 4).toBe(Number(found(record + exported, pattern)));
});

test('RECORD_WORDS is the size of EventRecord', () => {
  expect(layout.RECORD_WORDS * 4).toBe(Number(found(record, /sizeof\(EventRecord\) == (\d+)/)));
});
