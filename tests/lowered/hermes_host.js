// What React Native has around its engine, as far as it is used here. It runs before the lowered file, in one script
// with it.
globalThis.global = globalThis;
globalThis.module = { exports: {} };
globalThis.exports = globalThis.module.exports;

const tasks = [];
globalThis.setImmediate = (callback) => tasks.push(callback);
globalThis.setTimeout = globalThis.setImmediate;
globalThis.clearTimeout = () => {};
globalThis.URL = function (url) {
  this.href = url;
  this.protocol = 'http:';
  this.origin = 'http://127.0.0.1:1';
  this.username = '';
  this.password = '';
};

let turns = 0;
globalThis.runTasks = () => {
  tasks.shift()?.();
  turns++;
  if (turns < 1000) Promise.resolve().then(globalThis.runTasks);
};
