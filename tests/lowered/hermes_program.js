// What runs after the lowered file in Hermes: one connection with a fetch of the user's, as an app would have it. The
// lines that it prints are what the test looks at.
const { ErrorEvent, EventSource } = module.exports;
const bytes = (text) => Uint8Array.from(Array.from(text, (character) => character.charCodeAt(0)));
const chunks = ['id: 7\ndata: te', 'xt\n\nevent: tick\ndata\n\n'];
const reader = {
  read() {
    const text = chunks.shift();
    return Promise.resolve(text ? { done: false, value: bytes(text) } : { done: true });
  },
  cancel: () => Promise.resolve(),
};
const source = new EventSource('http://127.0.0.1:1/', {
  fetch: () =>
    Promise.resolve({
      status: 200,
      headers: new Map([['content-type', 'text/event-stream']]),
      body: { getReader: () => reader },
    }),
});
source.onopen = ({ isTrusted }) => print('open', isTrusted);
source.onmessage = (event) => print(event.data, event.lastEventId, Object.keys(event));
source.addEventListener('tick', ({ type, data }) => print(type, JSON.stringify(data)));
source.onerror = (event) => {
  print(event.message, event instanceof ErrorEvent, source.readyState);
  source.close();
};
runTasks();
