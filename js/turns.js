// Each event is dispatched in a turn of its own, so that promise reactions run between two of them:
// docs/decisions/0005-one-turn-for-each-event.md

const nextTurn = Promise.resolve();

// Methods, because functions have no `super`.
const { takeTurns } = {
  /**
   * Calls a function in turns of its own, the first of them yet to come. An async function is what engines run
   * turns with quickest; and as most of them compile these less well than others, there is nothing in it.
   *
   * @param {() => boolean} step - gives whether there is another to follow
   * @returns {Promise<void>} for when there is none
   */
  async takeTurns(step) {
    // Never true. SpiderMonkey's optimizing compiler leaves functions alone that assign a property of `super`.
    // Before `await` goes on at once there, because nothing is waiting, it looks who has called the function,
    // which takes twice as long in optimized ones.
    if (!step) super.done = true;
    do await nextTurn;
    while (step());
  },
};

export { takeTurns };
