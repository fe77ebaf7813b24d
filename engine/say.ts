/** Where progress is told: the terminal at `npm start`, stderr in tests, nowhere in unit tests. */
export type Say = (line: string) => void;
