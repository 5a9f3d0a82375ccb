// The contents of the events: all of them follow from their number, so that a receiver can check them.

/** A few symbols, so that prices look like a feed's. */
const SYMBOLS = ['ABC', 'EUR', 'JPY', 'XAU', 'BTC', 'OIL', 'GAS', 'CHF'];

const WORDS = ' the of stream and to in event a is that for it as was with be by on not he'.split(
  ' ',
);

const SENTENCES = [
  '東京の天気は晴れ、最高気温は二十三度です。',
  '新しいメッセージが届きました🎉🎊',
  '在庫が残りわずかです、お早めにどうぞ🏃‍♀️',
  '価格が更新されました：¥12,800 → ¥11,980 📉',
  '次の電車は三番線から発車します🚃',
];

/** @param {number} i */
const spread = (i) => Math.imul(i, 2654435761) >>> 0;

/**
 * @param {number} i
 * @returns {string} about 33 characters of JSON
 */
export function tickJson(i) {
  const price = 100 + (spread(i) % 80_000) / 100;
  return `{"s":"${SYMBOLS[i & 7]}","bid":${price.toFixed(2)},"q":${1000 + (i % 9000)}}`;
}

/**
 * @param {number} i
 * @returns {string} about 240 characters of JSON, as language models' servers send them for each token
 */
export function tokenJson(i) {
  const word = WORDS[spread(i) % WORDS.length];
  return (
    '{"id":"completion-7Qh2ZkT0mVxW9bLd4RfYc1","object":"completion.chunk","created":1767225600,' +
    '"model":"example-large-2026-01","system_fingerprint":"fp_3f1a9c07b2","choices":[{"index":0,' +
    `"delta":{"content":" ${word}${i}"},"logprobs":null,"finish_reason":null}]}`
  );
}

/**
 * @param {number} i
 * @param {number} lines
 * @returns {string} indented JSON of so many lines
 */
export function multiLineJson(i, lines) {
  const body = [];
  for (let n = 0; n < lines - 2; n += 1) body.push(`  "field${n}": "value ${i + n}",`);
  return ['{', ...body, '}'].join('\n');
}

/**
 * @param {number} i
 * @returns {string} two sentences with characters of two, three and four bytes
 */
export function japanese(i) {
  return `${SENTENCES[i % 5]}${i}é${SENTENCES[(i + 2) % 5]}`;
}

/** @type {Map<number, string>} */
const fillings = new Map();

/**
 * @param {number} i
 * @param {number} length
 * @returns {string} a single line of so many ASCII characters
 */
export function longText(i, length) {
  let filling = fillings.get(length);
  if (filling === undefined) {
    filling = '0123456789abcdefghijklmnopqrstuvwxyz '.repeat(length / 37 + 1).slice(0, length - 8);
    fillings.set(length, filling);
  }
  return `${String(i).padStart(8, '0')}${filling}`;
}
