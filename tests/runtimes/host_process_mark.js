/** What the line with the results begins with, on the standard output of the runtime's process. */
export const MARK = '@@suite-results@@ ';
