import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
export default {
  // Where node_modules is; without it, the lockfile that lies highest decides.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
};
