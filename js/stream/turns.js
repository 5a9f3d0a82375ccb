// Each event is dispatched in a turn of its own, so that promise reactions run between two of them:
// docs/decisions/0005-one-turn-for-each-event.md

const nextTurn = Promise.resolve();

// A method, because functions have no `super`. It is wanted only for what it does to a compiler. Of a class, because
// Hermes knows no `super` in object literals, where React Native's preset leaves it as it is.
class Turns {
  /**
   * Calls a function in turns of its own, the first of them yet to come. Engines run turns quickest
   * with an async function. Most of them compile such functions less well than others, so it does nothing else.
   *
   * @param {() => boolean} step - gives whether there is another to follow
   * @returns {Promise<void>} for when there is none
   */
  static async takeTurns(step) {
    // Never reached; it would throw. Where nothing is waiting, Firefox goes on after `await` at once. But first it
    // looks who has called the function. That takes 140 ns, and 250 where its optimizing compiler has compiled the
    // function (Firefox 153). That compiler does not touch a function that assigns a property of `super`.
    // `npm run bench -- --only firefox --workload parts` tells, as `turn`, whether it still helps.
    // @ts-expect-error -- of the language, every class has one: this would be Function.prototype.
    if (!step) super.done = true;
    do await nextTurn;
    while (step());
  }
}

export const { takeTurns } = Turns;
