// The app sets its sentences in French typography: curved apostrophes and no-break spaces. Tests
// use plain characters, so these functions turn a sentence into a pattern that matches both.

function tolerant(sentence: string): string {
  return sentence
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/\s+/g, '\\s+');
}

/** Matches exactly the sentence. */
export function exactly(sentence: string): RegExp {
  return new RegExp(`^\\s*${tolerant(sentence)}\\s*$`);
}

/** Matches a text that begins with the sentence. */
export function startingWith(sentence: string): RegExp {
  return new RegExp(`^\\s*${tolerant(sentence)}`);
}

/** Matches a text that contains the sentence. */
export function containing(sentence: string): RegExp {
  return new RegExp(tolerant(sentence));
}
