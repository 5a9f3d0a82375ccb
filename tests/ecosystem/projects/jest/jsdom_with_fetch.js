// What the package's message says to do.
const { TestEnvironment } = require('jest-environment-jsdom');

module.exports = class extends TestEnvironment {
  /** @param {[any, any]} args */
  constructor(...args) {
    super(...args);
    this.global.fetch = fetch;
  }
};
