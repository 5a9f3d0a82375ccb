// Jest's environment for Node, which also has the Node processes that tests start write down which
// code they ran, where the run asks for it (Jest itself sees only what it loaded).
import { TestEnvironment } from 'jest-environment-node';

export default class extends TestEnvironment {
  constructor(...args) {
    // Set only now: this process measures itself in another way, and the two would disturb each other.
    const folder = process.env.EVENTSOURCE_CHILD_COVERAGE;
    if (folder) process.env.NODE_V8_COVERAGE = folder;
    super(...args);
  }
}
