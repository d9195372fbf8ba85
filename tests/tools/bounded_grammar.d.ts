export function boundedGrammar(schema: unknown, maxText?: number): string;
