// What may go although something here knows of it.
import { attempt } from './from_host.js';

/**
 * @template {object} Kept
 * @param {Kept} object
 * @returns {{deref(): Kept | undefined}} a reference that does not keep it alive, where the host has such a thing
 */
export const weakly = (object) => attempt(() => new WeakRef(object)) ?? { deref: () => object };
