// The app sets its sentences as French print does: curved apostrophes, spaces that do not break.
// Tests are written with the keys of a keyboard, so a sentence becomes a pattern that takes both.

function tolerant(sentence: string): string {
  return sentence
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/\s+/g, '\\s+');
}

/** The whole sentence and nothing else. */
export function exactly(sentence: string): RegExp {
  return new RegExp(`^\\s*${tolerant(sentence)}\\s*$`);
}

/** A text that begins with the sentence. */
export function startingWith(sentence: string): RegExp {
  return new RegExp(`^\\s*${tolerant(sentence)}`);
}

/** A text that has the sentence anywhere in it. */
export function containing(sentence: string): RegExp {
  return new RegExp(tolerant(sentence));
}
