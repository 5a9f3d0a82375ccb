// Marks the line of a process's output that holds its result.
export const RESULT_MARK = '#bench-result#';
