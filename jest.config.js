/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/tests/tools/jest_environment.js',
  testMatch: [
    '<rootDir>/tests/js/**/*.test.js',
    '<rootDir>/tests/runtimes/**/*.test.js',
    '<rootDir>/tests/interop/**/*.test.js',
    '<rootDir>/tests/package/**/*.test.js',
    '<rootDir>/tests/ecosystem/*.test.js',
  ],
  // The suites wait more than they compute.
  maxWorkers: 2,
  // What is read is what runs: plain ES modules, no transform.
  transform: {},
  modulePathIgnorePatterns: [
    '<rootDir>/build/',
    '<rootDir>/dist/',
    '<rootDir>/tests/ecosystem/(build|projects)/',
  ],
  collectCoverageFrom: ['js/**/*.js'],
  coverageProvider: 'v8',
  coverageDirectory: 'build/jest-coverage',
  coverageReporters: ['text', 'json'],
};
