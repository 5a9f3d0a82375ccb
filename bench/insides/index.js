// What is bundled for the suite of parts, beside contestants and parsers.
export const insides = { core: {} };
