const common = { transform: {} };
const modern = { enableGlobally: true };
const legacy = { enableGlobally: true, legacyFakeTimers: true };
const jsdom = '<rootDir>/jsdom_with_fetch.js';
const anyFakes = ['<rootDir>/fakes.test.js'];
const modernFakes = [...anyFakes, '<rootDir>/modern_fakes.test.js'];

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { testMatch: ['<rootDir>/import.test.js'], fakeTimers: {} },
    { testMatch: modernFakes, fakeTimers: modern },
    { testMatch: anyFakes, fakeTimers: legacy },
    { testMatch: modernFakes, fakeTimers: modern, testEnvironment: jsdom },
    { testMatch: ['<rootDir>/jsdom.test.js'], testEnvironment: jsdom },
    { testMatch: ['<rootDir>/no_fetch.test.js'], testEnvironment: 'jest-environment-jsdom' },
  ].map((project, index) => ({ ...common, id: `${index}`, ...project })),
};
