// jsdom_with_fetch.js; in Jest's configuration: testEnvironment: './jsdom_with_fetch.js'
const { TestEnvironment } = require('jest-environment-jsdom');

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.fetch = fetch;
  }
};
